"""The words trabecula knows: categories, predicates and the terms that describe evidence.

These tables are data. `ontology/trabecula.ttl` gives the same terms their meaning in OWL;
`tests/test_vocabulary.py` proves the two equal, so that neither can change alone. Identifiers of
other ontologies come from verified term lists, never from memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.errors import VocabularyError
from trabecula.identifiers import unknown
from trabecula.model import Statement


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of entity: an OWL class and its nearest Biolink class."""

    name: str
    iri_name: str  # local name of the class in the ontology
    label: str
    definition: str
    biolink: str
    parent: str  # local name of the superclass in the ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A kind of statement.

    `sign` is +1 where more of the one goes with more of the other, -1 where more goes with less
    and 0 where the predicate does not say. `influence` is the way in which a change travels:
    `forward` from subject to object, `reverse` from object to subject (what is required acts on
    what requires it), `both` where the two are one state seen twice, `none` where the statement
    is structure or mere correlation. `domain` and `range` list categories; empty means any.
    `mappings` pairs a SKOS match with a term of RO, BFO, RDFS, SIO or Biolink.
    """

    name: str
    label: str
    inverse: str  # local name of the inverse property; equal to `name` for symmetric ones
    inverse_label: str
    definition: str
    sign: int = 0
    influence: str = "none"
    symmetric: bool = False
    transitive: bool = False
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()
    bel: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """How evidence was gained: an ECO term and, where ECO has none, a study design."""

    name: str
    label: str
    eco: str
    design: str = ""


# --- Categories -----------------------------------------------------------------------------

CATEGORIES: Final = MappingProxyType(
    {
        category.name: category
        for category in (
            Category("chemical", "Chemical", "chemical", "An element, ion, molecule or class of molecules that is not a single kind of protein.", "biolink:ChemicalEntity", "Substance"),
            Category("protein", "Protein", "protein or hormone", "A protein or peptide, such as an enzyme, a receptor or a peptide hormone.", "biolink:Protein", "Substance"),
            Category("complex", "Complex", "complex or family", "A macromolecular complex, or a family or class of proteins.", "biolink:MacromolecularComplex", "Substance"),
            Category("cell", "Cell", "cell", "A type of cell or a cell line.", "biolink:Cell", "Structure"),
            Category("anatomy", "Anatomy", "anatomy", "An organ, a tissue or another part of a body.", "biolink:AnatomicalEntity", "Structure"),
            Category("material", "Material", "tissue component", "A matrix, an organelle or another component that tissues and cells are made of.", "biolink:AnatomicalEntity", "Structure"),
            Category("process", "Process", "process", "A biological process: a series of events with a result.", "biolink:BiologicalProcess", "Occurrence"),
            Category("function", "Function", "molecular function", "An activity of a molecule, such as catalysis or binding.", "biolink:MolecularActivity", "Occurrence"),
            Category("exposure", "Exposure", "exposure", "Something an organism is exposed to, such as sunlight or a dietary intake.", "biolink:ExposureEvent", "Occurrence"),
            Category("intervention", "Intervention", "intervention", "Something done in order to change health, such as supplementation or exercise.", "biolink:Treatment", "Occurrence"),
            Category("test", "Test", "diagnostic test", "A procedure that measures something in a person or a sample.", "biolink:ClinicalMeasurement", "Occurrence"),
            Category("trait", "Trait", "quality or trait", "A measurable attribute, such as bone mineral density or the level of a substance in blood.", "biolink:ClinicalAttribute", "Attribute"),
            Category("condition", "Condition", "disease or phenotype", "A disease, an abnormal finding or another state of health.", "biolink:DiseaseOrPhenotypicFeature", "Attribute"),
            Category("food", "Food", "food or diet", "A food, a diet or a dietary supplement as a product.", "biolink:Food", "Substance"),
            Category("population", "Population", "taxon or population", "A species, a group of people or a study population.", "biolink:PopulationOfIndividualOrganisms", "Structure"),
        )
    }
)  # fmt: skip

_SUBSTANCE = ("chemical", "protein", "complex", "food")
_STRUCTURE = ("cell", "anatomy", "material")
_CONTINUANT = (*_SUBSTANCE, *_STRUCTURE)
_OCCURRENT = ("process", "function")
_ATTRIBUTE = ("trait", "condition")
_HEALTH = ("condition", "trait", "process")

# --- Predicates -----------------------------------------------------------------------------

PREDICATES: Final = MappingProxyType(
    {
        predicate.name: predicate
        for predicate in (
            # Influence on activity, amount and course.
            Predicate(
                name="activates", label="activates", inverse="activated_by", inverse_label="is activated by",
                definition="The subject raises the activity of the object.",
                sign=1, influence="forward",
                mappings=(("close", "RO:0002450"), ("broad", "biolink:affects")), bel="directlyIncreases|act()",
            ),
            Predicate(
                name="inhibits", label="inhibits", inverse="inhibited_by", inverse_label="is inhibited by",
                definition="The subject lowers the activity of the object or holds the object back.",
                sign=-1, influence="forward",
                mappings=(("close", "RO:0002449"), ("broad", "biolink:affects")), bel="directlyDecreases|act()",
            ),
            Predicate(
                name="increases", label="increases", inverse="increased_by", inverse_label="is increased by",
                definition="More of the subject leads to more of the object: a greater amount, level, rate or degree.",
                sign=1, influence="forward",
                mappings=(("close", "RO:0002304"), ("broad", "biolink:affects")), bel="increases",
            ),
            Predicate(
                name="decreases", label="decreases", inverse="decreased_by", inverse_label="is decreased by",
                definition="More of the subject leads to less of the object: a smaller amount, level, rate or degree.",
                sign=-1, influence="forward",
                mappings=(("close", "RO:0002305"), ("broad", "biolink:affects")), bel="decreases",
            ),
            Predicate(
                name="regulates", label="regulates", inverse="regulated_by", inverse_label="is regulated by",
                definition="The subject controls the rate or extent of the object, in a direction that is not stated or that varies.",
                influence="forward",
                mappings=(("close", "RO:0002211"), ("broad", "biolink:affects")), bel="regulates",
            ),
            Predicate(
                name="affects", label="affects", inverse="affected_by", inverse_label="is affected by",
                definition="A change of the subject changes the object, in a direction that is not known.",
                influence="forward",
                mappings=(("close", "RO:0002566"), ("exact", "biolink:affects")), bel="regulates",
            ),
            Predicate(
                name="requires", label="requires", inverse="required_by", inverse_label="is required by",
                definition="The subject cannot exist, work or go on normally without the object.",
                sign=1, influence="reverse",
                mappings=(("close", "RO:0002502"),), bel="increases (reversed)",
            ),
            # Health.
            Predicate(
                name="causes", label="causes", inverse="caused_by", inverse_label="is caused by",
                definition="The subject brings the object about.",
                sign=1, influence="forward", range=_HEALTH,
                mappings=(("close", "RO:0003303"), ("exact", "biolink:causes")), bel="increases|path()",
            ),
            Predicate(
                name="contributes_to", label="contributes to", inverse="contribution_from", inverse_label="has a contribution from",
                definition="The subject is one of several things that bring the object about or make it more likely.",
                sign=1, influence="forward", range=_HEALTH,
                mappings=(("close", "RO:0003304"), ("exact", "biolink:contributes_to")), bel="increases|path()",
            ),
            Predicate(
                name="prevents", label="prevents", inverse="prevented_by", inverse_label="is prevented by",
                definition="The subject keeps the object from arising or makes it less likely.",
                sign=-1, influence="forward", range=_HEALTH,
                mappings=(("close", "RO:0002599"), ("broad", "biolink:affects")), bel="decreases|path()",
            ),
            Predicate(
                name="treats", label="treats", inverse="treated_by", inverse_label="is treated by",
                definition="The subject makes an existing condition better.",
                sign=-1, influence="forward", domain=("chemical", "protein", "intervention", "exposure", "food"), range=_HEALTH,
                mappings=(("close", "RO:0002606"), ("close", "biolink:treats")), bel="decreases|path()",
            ),
            # Making, changing and carrying out.
            Predicate(
                name="produces", label="produces", inverse="produced_by", inverse_label="is produced by",
                definition="The subject makes the object.",
                sign=1, influence="forward", range=_CONTINUANT,
                mappings=(("exact", "RO:0003000"), ("exact", "biolink:produces")), bel="increases",
            ),
            Predicate(
                name="secretes", label="secretes", inverse="secreted_by", inverse_label="is secreted by",
                definition="The subject, a cell or an organ, makes the object and releases it.",
                sign=1, influence="forward", domain=_STRUCTURE, range=_CONTINUANT,
                mappings=(("broad", "RO:0003000"), ("broad", "biolink:produces")), bel="sec()",
            ),
            Predicate(
                name="converts_to", label="is converted to", inverse="converted_from", inverse_label="is made from",
                definition="The subject, a substance, is changed into the object.",
                sign=1, influence="forward", domain=_SUBSTANCE, range=_SUBSTANCE,
                mappings=(("close", "RO:0001001"), ("close", "biolink:has_metabolite")), bel="rxn()|reactants()|products()",
            ),
            Predicate(
                name="develops_into", label="develops into", inverse="develops_from", inverse_label="develops from",
                definition="The subject, a cell or structure, differentiates into or becomes the object.",
                sign=1, influence="forward", domain=_STRUCTURE, range=_STRUCTURE,
                mappings=(("exact", "RO:0002203"), ("exact", "biolink:develops_into")), bel="increases|pop()",
            ),
            Predicate(
                name="catalyzes", label="catalyses", inverse="catalyzed_by", inverse_label="is catalysed by",
                definition="The subject, an enzyme, enables the object, a reaction, and speeds it up.",
                sign=1, influence="forward", domain=("protein", "complex"), range=_OCCURRENT,
                mappings=(("close", "RO:0002327"), ("exact", "biolink:catalyzes")), bel="act()|directlyIncreases|rxn()",
            ),
            Predicate(
                name="capable_of", label="carries out", inverse="carried_out_by", inverse_label="is carried out by",
                definition="The subject is able to perform the object, a process; more of the subject allows more of it.",
                sign=1, influence="forward", domain=_CONTINUANT, range=_OCCURRENT,
                mappings=(("exact", "RO:0002215"), ("exact", "biolink:capable_of")),
            ),
            Predicate(
                name="has_input", label="uses", inverse="input_of", inverse_label="is used by",
                definition="The subject, a process, takes in the object and changes it.",
                sign=1, influence="reverse", domain=_OCCURRENT, range=_CONTINUANT,
                mappings=(("exact", "RO:0002233"), ("exact", "biolink:has_input")), bel="rxn()|reactants()",
            ),
            Predicate(
                name="has_output", label="yields", inverse="output_of", inverse_label="is yielded by",
                definition="The subject, a process, results in the object.",
                sign=1, influence="forward", domain=_OCCURRENT, range=_CONTINUANT,
                mappings=(("exact", "RO:0002234"), ("exact", "biolink:has_output")), bel="rxn()|products()",
            ),
            Predicate(
                name="participates_in", label="takes part in", inverse="has_participant", inverse_label="involves",
                definition="The subject is involved in the object, a process, in a way that is not stated.",
                influence="forward", domain=_CONTINUANT, range=_OCCURRENT,
                mappings=(("exact", "RO:0000056"), ("exact", "biolink:participates_in")),
            ),
            # Association without a claim of cause.
            Predicate(
                name="associated_with", label="is associated with", inverse="associated_with", inverse_label="is associated with",
                definition="Subject and object occur together or vary together; no direction or cause is claimed.",
                symmetric=True,
                mappings=(("close", "RO:0002610"), ("exact", "biolink:associated_with")), bel="association",
            ),
            Predicate(
                name="positively_correlated_with", label="correlates positively with", inverse="positively_correlated_with", inverse_label="correlates positively with",
                definition="High values of the subject go with high values of the object; no cause is claimed.",
                sign=1, symmetric=True,
                mappings=(("broad", "RO:0002610"), ("exact", "biolink:positively_correlated_with")), bel="positiveCorrelation",
            ),
            Predicate(
                name="negatively_correlated_with", label="correlates negatively with", inverse="negatively_correlated_with", inverse_label="correlates negatively with",
                definition="High values of the subject go with low values of the object; no cause is claimed.",
                sign=-1, symmetric=True,
                mappings=(("broad", "RO:0002610"), ("exact", "biolink:negatively_correlated_with")), bel="negativeCorrelation",
            ),
            Predicate(
                name="associated_with_increased_risk_of", label="goes with a higher risk of", inverse="increased_risk_associated_with", inverse_label="is more frequent with",
                definition="The object is more frequent where the subject is present; no cause is claimed.",
                sign=1, range=_HEALTH,
                mappings=(("close", "RO:0003308"), ("exact", "biolink:associated_with_increased_likelihood_of")), bel="positiveCorrelation",
            ),
            Predicate(
                name="associated_with_decreased_risk_of", label="goes with a lower risk of", inverse="decreased_risk_associated_with", inverse_label="is less frequent with",
                definition="The object is less frequent where the subject is present; no cause is claimed.",
                sign=-1, range=_HEALTH,
                mappings=(("close", "RO:0003308"), ("exact", "biolink:associated_with_decreased_likelihood_of")), bel="negativeCorrelation",
            ),
            Predicate(
                name="biomarker_for", label="is a marker of", inverse="has_biomarker", inverse_label="has the marker",
                definition="The presence or level of the subject is used to infer the object.",
                mappings=(("close", "RO:0002607"), ("exact", "biolink:biomarker_for")), bel="association",
            ),
            Predicate(
                name="measures", label="measures", inverse="measured_by", inverse_label="is measured by",
                definition="The subject, a test, determines the object.",
                domain=("test",),
                mappings=(("close", "RO:0009006"),),
            ),
            # Structure.
            Predicate(
                name="binds", label="binds", inverse="binds", inverse_label="binds",
                definition="Subject and object are molecules that attach to each other.",
                symmetric=True, domain=_CONTINUANT, range=_CONTINUANT,
                mappings=(("exact", "RO:0002436"), ("exact", "biolink:directly_physically_interacts_with")), bel="complex()",
            ),
            Predicate(
                name="part_of", label="is part of", inverse="has_part", inverse_label="has the part",
                definition="The subject is a part of the object.",
                transitive=True,
                mappings=(("exact", "BFO:0000050"), ("exact", "biolink:part_of")), bel="hasComponent (reversed)",
            ),
            Predicate(
                name="composed_primarily_of", label="consists mainly of", inverse="main_component_of", inverse_label="is the main component of",
                definition="More than half of the mass of the subject is made of the object.",
                domain=_CONTINUANT, range=_CONTINUANT,
                mappings=(("exact", "RO:0002473"), ("exact", "biolink:composed_primarily_of")), bel="hasComponent",
            ),
            Predicate(
                name="located_in", label="is located in", inverse="location_of", inverse_label="is the location of",
                definition="The subject is found in the object.",
                transitive=True, domain=_CONTINUANT, range=_CONTINUANT,
                mappings=(("exact", "RO:0001025"), ("exact", "biolink:located_in")), bel="loc()",
            ),
            Predicate(
                name="expressed_in", label="is expressed in", inverse="expresses", inverse_label="expresses",
                definition="The subject, a gene product, is made in the object.",
                domain=("protein", "complex"), range=_STRUCTURE,
                mappings=(("exact", "RO:0002206"), ("exact", "biolink:expressed_in")),
            ),
            Predicate(
                name="occurs_in", label="occurs in", inverse="contains_process", inverse_label="is the site of",
                definition="The subject, a process, takes place in the object.",
                domain=("process", "function", "condition"), range=_STRUCTURE,
                mappings=(("exact", "BFO:0000066"), ("exact", "biolink:occurs_in")),
            ),
            Predicate(
                name="precedes", label="precedes", inverse="preceded_by", inverse_label="follows",
                definition="The subject ends before the object begins, or as it begins.",
                transitive=True, domain=_OCCURRENT, range=_OCCURRENT,
                mappings=(("exact", "BFO:0000063"), ("exact", "biolink:precedes")),
            ),
            Predicate(
                name="subclass_of", label="is a kind of", inverse="superclass_of", inverse_label="includes the kind",
                definition="Everything that is the subject is also the object.",
                transitive=True,
                mappings=(("close", "rdfs:subClassOf"), ("exact", "biolink:subclass_of")), bel="isA",
            ),
            Predicate(
                name="deficiency_of", label="is a lack of", inverse="has_deficiency", inverse_label="is lacking in",
                definition="The subject is the state of having too little of the object.",
                sign=-1, influence="both",
            ),
            Predicate(
                name="excess_of", label="is an excess of", inverse="has_excess", inverse_label="is present in excess in",
                definition="The subject is the state of having too much of the object.",
                sign=1, influence="both",
            ),
            Predicate(
                name="level_of", label="is the level of", inverse="has_level", inverse_label="is quantified by",
                definition="The subject is the measured amount of the object, such as its concentration in blood.",
                sign=1, influence="both", domain=_ATTRIBUTE,
            ),
            Predicate(
                name="state_of", label="is a state or form of", inverse="has_state", inverse_label="has the state or form",
                definition="The subject is the object in a particular state, form, compartment or pattern.",
            ),
            Predicate(
                name="has_role", label="has the role", inverse="role_of", inverse_label="is the role of",
                definition="The subject can act as the object says.",
                domain=_CONTINUANT,
                mappings=(("exact", "RO:0000087"), ("close", "biolink:has_chemical_role")),
            ),
            Predicate(
                name="opposite_of", label="is the opposite of", inverse="opposite_of", inverse_label="is the opposite of",
                definition="Subject and object are the two ends of one scale.",
                symmetric=True,
                mappings=(("exact", "RO:0002604"), ("exact", "biolink:opposite_of")),
            ),
        )
    }
)  # fmt: skip

# --- Evidence -------------------------------------------------------------------------------

#: What a source says of a statement.
STANCES: Final = MappingProxyType(
    {
        "supports": "the source found it or says it",
        "disputes": "the source found or says that it is not so",
        "qualifies": "the source limits the context in which it holds",
    }
)

#: How strongly a source can speak, strongest first. `asserted` is the article and nobody else.
STRENGTHS: Final = MappingProxyType(
    {
        "direct": "measured by this source in an experiment or trial",
        "association": "observed by this source without intervention",
        "reference": "curated by an ontology or a database",
        "review": "stated by a review, a commentary or a textbook whose text was read",
        "title-only": "stated by the title of a source whose abstract was not read",
        "asserted": "said by the article, without evidence of its own",
    }
)

#: Statuses a statement can have; computed by `evidence.status`, never typed in.
STATUSES: Final = MappingProxyType(
    {
        "supported": "independent support and no dispute",
        "contested": "support and dispute",
        "refuted": "dispute and no independent support",
        "title-only": "only titles say it; no abstract was read",
        "asserted-only": "nobody but the article says it",
    }
)

METHODS: Final = MappingProxyType(
    {
        method.name: method
        for method in (
            Method("meta-analysis", "meta-analysis or systematic review", "ECO:0000212", "MESH:D017418"),
            Method("randomised-trial", "randomised controlled trial", "ECO:0000180", "OBI:0004001"),
            Method("clinical-study", "clinical study without randomisation", "ECO:0000180", "MESH:D000068397"),
            Method("cohort", "cohort study", "ECO:0000180", "MESH:D015331"),
            Method("cross-sectional", "cross-sectional study or survey", "ECO:0000180", "MESH:D003430"),
            Method("animal-study", "animal study", "ECO:0000179", "MESH:D023421"),
            Method("ex-vivo", "assay on tissue taken from an organism", "ECO:0005502"),
            Method("cell-culture", "cell culture", "ECO:0000181", "MESH:D066298"),
            Method("cell-free", "cell-free assay", "ECO:0000183"),
            Method("structure", "structure determination", "ECO:0005031"),
            Method("computation", "computation or simulation", "ECO:0007672"),
            Method("ontology", "ontology or database record", "ECO:0007647"),
            Method("review", "review", "ECO:0000033", "MESH:D016454"),
            Method("book", "book or book chapter", "ECO:0007646", "MESH:D022923"),
            Method("encyclopedia", "encyclopedia", "ECO:0007637", "MESH:D019500"),
            Method("database", "database record", "ECO:0007636", "MESH:D019991"),
            Method("website", "website", "ECO:0000204"),
            Method("unknown", "publication of unknown type", "ECO:0007645", "MESH:D016428"),
            Method("assertion", "statement without traceable support", "ECO:0000034"),
        )
    }
)  # fmt: skip

#: Words that researchers use for methods, and the methods they mean.
EVIDENCE_ALIASES: Final = MappingProxyType(
    {
        "rct": "randomised-trial",
        "randomized-trial": "randomised-trial",
        "trial": "randomised-trial",
        "animal": "animal-study",
        "in-vitro": "cell-culture",
    }
)

#: Methods that produce data of their own, as against restating the data of others.
PRIMARY_METHODS: Final = frozenset(
    ("meta-analysis", "randomised-trial", "clinical-study", "cohort", "cross-sectional",
     "animal-study", "ex-vivo", "cell-culture", "cell-free", "structure", "computation")
)  # fmt: skip

#: Species an evidence row can name, with the taxon where one is verified.
SPECIES: Final = MappingProxyType(
    {
        "human": "NCBITaxon:9606",
        "rat": "NCBITaxon:10116",
        "mouse": "NCBITaxon:10090",
        "cattle": "NCBITaxon:9913",
        "dog": "",
        "bacteria and archaea": "",
        "mammal": "",
        "vertebrate": "",
    }
)

#: Other words for species, in lower case, and taxa that are no more than our name for them.
SPECIES_SYNONYMS: Final = MappingProxyType(
    {
        **{taxon.casefold(): name for name, taxon in SPECIES.items() if taxon},
        "ncbitaxon:9615": "dog", "ncbitaxon:40674": "mammal", "ncbitaxon:7742": "vertebrate",
        "homo sapiens": "human", "h. sapiens": "human", "humans": "human", "man": "human",
        "rattus norvegicus": "rat", "r. norvegicus": "rat", "rats": "rat",
        "mus musculus": "mouse", "m. musculus": "mouse", "mice": "mouse",
        "bos taurus": "cattle", "b. taurus": "cattle", "cow": "cattle", "cows": "cattle",
        "bovine": "cattle", "canis lupus familiaris": "dog", "canis familiaris": "dog",
        "dogs": "dog", "mammals": "mammal", "mammalia": "mammal", "vertebrates": "vertebrate",
        "vertebrata": "vertebrate",
    }
)  # fmt: skip

SYSTEMS: Final = MappingProxyType(
    {
        "in-vivo": "a living organism",
        "ex-vivo": "tissue taken from an organism",
        "cell-culture": "cells in culture",
        "cell-free": "molecules or particles outside cells",
        "in-silico": "a computation",
    }
)

#: Keys that say in which context something holds. Keys with values are closed lists and can be
#: qualifiers, part of a statement's meaning; keys with `None` are free text on evidence only.
CONTEXT: Final = MappingProxyType(
    {
        "age": ("young", "adult", "older"),
        "amount": ("low", "normal", "high"),
        "compartment": ("intracellular", "extracellular"),
        "duration": ("acute", "short-term", "long-term"),
        "intake": ("dietary", "supplemental"),
        "magnesium_status": ("deficient", "replete", "excess"),
        "pattern": ("intermittent", "continuous"),
        "severity": ("mild", "moderate", "severe"),
        "sex": ("female", "male"),
        "calcium_status": ("low", "normal", "high"),
        "cell": None,
        "dose": None,
        "effect": None,
        "population": None,
        "site": None,
        "time": None,
    }
)

SOURCE_KINDS: Final = MappingProxyType(
    {
        "article": "the article whose claims are examined",
        "paper": "a work the article cites",
        "further": "a work the article does not cite, needed to understand a conflict",
        "ontology": "an ontology or a database",
    }
)

#: What became of a source after it was published. One that was retracted supports and disputes
#: nothing.
STANDINGS: Final = MappingProxyType(
    {
        "retracted": "withdrawn by its authors or its publisher; nothing in it counts",
        "corrected": "a correction was published; see its note for what it changes",
        "expression-of-concern": "its publisher has said that it may not be reliable",
    }
)

#: Other words for the standing of a source.
STANDING_SYNONYMS: Final = MappingProxyType(
    {
        "retraction": "retracted",
        "retracted-publication": "retracted",
        "retracted-article": "retracted",
        "withdrawn": "retracted",
        "removed": "retracted",
        "correction": "corrected",
        "corrigendum": "corrected",
        "erratum": "corrected",
        "concern": "expression-of-concern",
    }
)

TOPICS: Final = MappingProxyType(
    {
        "bone-remodelling": "bone cells, matrix and the remodelling cycle",
        "energy": "magnesium, ATP and the energy of osteoblasts",
        "pth": "magnesium and parathyroid hormone",
        "vitamin-d": "vitamin D, its activation to calcitriol, and magnesium",
        "matrix": "matrix and protein synthesis",
        "osteoblast-population": "proliferation and differentiation of osteoblasts",
        "calcitonin": "magnesium and calcitonin",
        "bone-strength": "bone composition, strength and density",
        "calcium": "calcium supplements, calcification and other organs",
        "depletion": "what depletes magnesium",
        "restoration": "how magnesium is restored",
    }
)

MATCHES: Final = ("exact", "close", "broad", "narrow", "related")


def predicate(name: str) -> Predicate:
    """The predicate called `name`.

    Raises `VocabularyError`, with the nearest predicates, when there is none.

    >>> predicate("requires").influence
    'reverse'
    """
    try:
        return PREDICATES[name]
    except KeyError:
        raise VocabularyError(unknown("predicate", name, PREDICATES)) from None


def sign_of(statement: Statement) -> int:
    """The sign of a statement: that of its predicate, and 0 where it is negated or unknown."""
    known = PREDICATES.get(statement.predicate)
    return known.sign if known and not statement.negated else 0
