"""What is asked at a moment: every query, whole and under filters drawn by chance from what is in the ledger."""

from agencies import list_agencies
from figures import count_figures
from history import CLASSES, of_aggregate
from model_card import model_card
from models import count_named, list_models
from sites import list_sites
from submissions import list_submissions
from units import list_units

LEVELS = ["MODEL_LEVEL_PROVINCE", "MODEL_LEVEL_DISTRICT", "MODEL_LEVEL_COMMUNE"]
FIELDS = ["MODEL_FIELD_" + name for name in (
    "DIRECTION", "ECONOMY_INFRASTRUCTURE", "PRODUCTION", "POLITICAL_SYSTEM", "ADMINISTRATIVE_REFORM", "TOURISM",
    "NEW_COUNTRYSIDE", "CULTURE_SOCIETY", "DEFENCE_SECURITY", "NOT_STATED")]
BLOCKS = ["SECTOR_BLOCK_" + name for name in ("ECONOMIC", "CULTURE_SOCIETY", "INTERNAL_AFFAIRS", "NOT_STATED")]
STATUSES = ["MODEL_STATUS_" + name for name in (
    "DRAFT", "SUBMITTED", "SCREENED", "PILOTING", "ACTIVE", "CLOSED", "SUSPENDED", "RECLASSIFIED_AS_STARTUP",
    "RECLASSIFIED_AS_INVESTMENT_PROJECT", "RECLASSIFIED_AS_INITIATIVE", "MERGED", "REJECTED")]
SITE_STATUSES = ["SITE_STATUS_" + name for name in ("OPERATING", "STOPPED", "FUNDING_ENDED", "INVALIDATED")]
VERIFIED = ["VERIFICATION_LEVEL_" + name for name in (
    "SELF_REPORTED", "COMMUNE_CONFIRMED", "DEPARTMENT_VERIFIED", "INSPECTED")]
STAGES = ["VALUE_CHAIN_STAGE_" + name for name in ("TRANSFER", "PRODUCTION", "PROCESSING", "CONSUMPTION")]
CERTIFICATES = ["CERTIFICATE_KIND_" + name for name in ("VIETGAP", "GLOBALGAP", "OCOP", "ORGANIC", "OTHER")]
DIMENSIONS = ["level", "field", "sector-block", "status", "year", "unit"]
PREFIXES = ("MODEL_LEVEL_", "MODEL_FIELD_", "SECTOR_BLOCK_", "MODEL_STATUS_", "SITE_STATUS_", "VERIFICATION_LEVEL_",
            "VALUE_CHAIN_STAGE_", "CERTIFICATE_KIND_")
FLAGS = ("abolished", "whole-map", "refused")


def count(moment, asked):
    return {**count_named(moment, asked), **count_figures(moment, asked)}


# Query -> (read model, the oracle's answer, the least that a grant must read for it)
QUERIES = {
    "units": ("units", list_units, "CLASSIFICATION_PUBLIC"),
    "agencies": ("agency_directory", list_agencies, "CLASSIFICATION_INTERNAL"),
    "submissions": ("submissions", list_submissions, "CLASSIFICATION_INTERNAL"),
    "models": ("model_list", list_models, "CLASSIFICATION_PUBLIC"),
    "count": ("model_list", count, "CLASSIFICATION_PUBLIC"), "sites": ("sites", list_sites, "CLASSIFICATION_PUBLIC"),
    "model": ("model_list", model_card, "CLASSIFICATION_PUBLIC"),
}
# A grant that is bound to a unit must be asked about that one or one below it.
BY_UNIT = ("models", "count", "sites")
# Where the rows of an answer lie, and of which read model they are.
ROWS = {
    "units": {"units": "units"}, "agencies": {"agencies": "agency_directory"},
    "submissions": {"submissions": "submissions"}, "models": {"models": "model_list"},
    "count": {"rows": "model_list", "counted": "counted_figures"}, "sites": {"sites": "sites"},
    "model": {"timeline": "model_card"},
}


def short(value):
    """The word of the command line for an enumerator."""
    for prefix in PREFIXES:
        if value.startswith(prefix):
            return value[len(prefix):].lower().replace("_", "-")
    return value


def arguments(query, asked):
    """Of the command line."""
    given = [asked["model"]] if query == "model" else []
    for name, value in asked.items():
        if name in FLAGS:
            given.append("--" + name)
        elif query != "model":
            given += ["--" + name, short(value)]
    return given


def answer(moment, query, asked):
    """The oracle's answer; None: not there, or not for the asker. PermissionError: he may not ask so."""
    projection, make, at_least = QUERIES[query]
    if query in BY_UNIT:
        moment.reads = moment.reader.reads(moment.book.map, asked.get("unit", ""), moment.book.today)
    else:
        moment.reads = moment.reader.reads_anywhere()
    if moment.reads < CLASSES.index(at_least):
        raise PermissionError(query)
    made = make(moment, asked)
    return None if made is None else {"meta": moment.meta(projection), **made}


class Chance:
    """Draws questions; ids come from everything that the ledger ever held."""

    def __init__(self, book, reader, random, filters, cards):
        self.random, self.reader, self.filters, self.cards = random, reader, filters, cards
        self.book = book
        self.units = self.units_below(reader.scope())
        self.agencies = [agency_id for agency_id, _ in of_aggregate(book.now, "agency")]
        self.sites = [site_id for site_id, _ in of_aggregate(book.now, "site")]
        self.others = sorted({body["otherModelId"] for stream in book.now.values()
                              for _, _, body, _ in stream.told if body.get("otherModelId")})
        self.correlations = sorted({commit.record["correlationId"] for commit in book.ledger.commits
                                    if "correlationId" in commit.record})
        self.codes = sorted({code for unit in book.map.units.values() for code, _, _ in unit.given})

    def units_below(self, scope):
        """Units that hold something, and those above them; only below the scope where there is one."""
        used = {event["unit"]["unitId"] for stream in self.book.now.values() for event, _, _, _ in stream.told
                if event.get("unit", {}).get("unitId")}
        return sorted(unit_id for unit_id in set(self.book.map.units) & used or self.book.map.units
                      if self.book.map.within(unit_id, scope, self.book.today))

    def some(self, choices):
        """A few of (name, values), with one value each; those without values are left out."""
        left = [(name, values) for name, values in choices if values]
        picked = self.random.sample(left, min(len(left), self.random.randint(1, 2)))
        return {name: self.random.choice(values) for name, values in picked}

    def bound(self, asked):
        """A reader of a unit asks about it or one below it."""
        if self.reader.scope():
            return {**asked, "unit": self.random.choice(self.units)}
        return asked

    def model_filter(self):
        years = [str(year) for year in range(self.book.today.year - 6, self.book.today.year + 1)]
        return self.bound(self.some([
            ("unit", self.units), ("level", LEVELS), ("field", FIELDS), ("block", BLOCKS), ("status", STATUSES),
            ("year", years), ("gave-way-to", self.others), ("steward", self.agencies)]))

    def site_filter(self):
        return self.bound(self.some([
            ("unit", self.units), ("model", self.book.models()), ("status", SITE_STATUSES), ("verified", VERIFIED),
            ("stage", STAGES), ("certificate", CERTIFICATES), ("id", self.sites)]))

    def whole(self):
        """Every list without a filter, and every dimension."""
        own = {"unit": self.reader.scope()} if self.reader.scope() else {}
        yield from (("models", own), ("sites", own), ("count", own))
        yield from (("count", {**own, "by": dimension}) for dimension in DIMENSIONS)
        yield from (("agencies", {}), ("submissions", {}), ("submissions", {"refused": True}))
        yield from (("units", {}), ("units", {"whole-map": True}), ("units", {"whole-map": True, "abolished": True}))

    def filtered(self):
        for _ in range(self.filters):
            yield "models", self.model_filter()
            yield "sites", self.site_filter()
            yield "count", {**self.model_filter(), "by": self.random.choice(DIMENSIONS)}
        yield "agencies", {"id": self.random.choice(self.agencies)}
        yield "units", {"whole-map": True, **self.some([("unit", self.units), ("code", self.codes)])}
        yield "submissions", {"id": self.random.choice(self.book.ledger.commits).record["submissionId"]}
        if self.correlations:
            yield "submissions", {"correlation": self.random.choice(self.correlations)}
        models = self.book.models()
        for model_id in self.random.sample(models, min(len(models), self.cards)):
            yield "model", {"model": model_id}
