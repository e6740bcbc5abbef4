"""What annotations of models and maps name: the resources of RDF lists, as MIRIAM writes them."""

from __future__ import annotations

from collections.abc import Iterator

from trabecula.mapping.strict_xml import Element


def resources(element: Element) -> Iterator[str]:
    """The resources in the lists within an element; those of `urn:miriam:` as web addresses."""
    for item in element.inside("li"):
        address = item.get("resource")
        if address.startswith("urn:miriam:"):
            space, _, local = address.removeprefix("urn:miriam:").partition(":")
            address = f"http://identifiers.org/{space}/{local.replace('%3A', ':')}"
        yield address
