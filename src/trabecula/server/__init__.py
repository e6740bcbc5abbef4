"""Servers of a graph: for people and programs over HTTP, and for assistants."""
