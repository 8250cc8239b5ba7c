"""Well-formed requests of every kind, filled in by the words of the contract; what is broken later is broken in one of
these. Whether a rule of the domain or a right stands against them does not matter: fields are looked at first."""

import secrets
import uuid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TEXT = "Nuôi lươn không bùn"

# By name of the field, where a plain text or the first enumerator would not do.
BY_FIELD = {
    "value": "2021-05-05", "precision": 1, "from": "2021-04-01", "to": "2021-04-30", "due_on": "2021-05-05",
    "issued_on": "2021-05-05", "valid_from": "2021-05-05", "valid_to": "2021-06-05", "code": "87",
    "electronic_id": "G09.01", "media_type": "image/jpeg", "scale": 1, "year": 2021, "page_size": 10, "channel": 3,
    "raw_text": "13,9", "printed": "60%", "id": "2021-04", "causation_id": "a", "correlation_id": "b",
    "correlation_ids": "b", "population_def_id": "33 mô hình", "agency_electronic_id": "G09.01",
    "commands": "submit_model", "effective_on": "2021-05-05", "name": TEXT,
}
# By message and field, where the field's name is not enough.
BY_PLACE = {
    "Quantity.value": 139,
    "CreateLedgerRequest.name": "so-thu",
    "EstablishUnit.level": 4, "UnitEstablished.level": 4, "EstablishUnit.type": 7, "UnitEstablished.type": 7,
    "RetypeUnit.type": 8, "UnitRetyped.type": 8,
    "RegisterActor.kind": 1, "ActorRegistered.kind": 1,
    "GrantRole.role": 1, "RoleGranted.role": 1,
    "DelegateAuthority.form": 3, "AuthorityDelegated.form": 3,
    "RecordModelFromDocument.stated_status": 5, "ModelRecordedFromDocument.stated_status": 5,
    "SiteOrigin.kind": 2, "InspectSite.level": 2, "SiteInspected.level": 2,
    "CloseModel.close_reason": 4, "ModelClosed.close_reason": 4,
    "ReclassifyModel.as": 1, "ModelReclassified.as": 1,
    "EvidenceRef.size_bytes": 1,
}
# Commands that make what the field names.
MAKES_ITS_ID = {"model_id": ("RegisterModel", "RecordModelFromDocument"), "unit_id": ("EstablishUnit",),
                "site_id": ("StartSite", "RecordSiteFromDocument")}
UUIDS = ("submission_id", "event_id", "confirmed_report_id")
# Left out of the sample; set only by a mutation.
LEFT_OUT = {
    "Submission.grant_id", "Submission.on_behalf_of_agency_id", "Submission.delegation_id",
    "Submission.simulated_recorded_at", "Submission.expect_absent", "Submission.expected_revision",
    "QueryContext.as_of_position", "QueryContext.as_of_time", "QueryContext.min_position", "QueryContext.page_token",
    "CreateLedgerRequest.simulated_recorded_at", "CreateLedgerRequest.simulated_clock",
    "HistoryRange.from_position", "HistoryRange.from_time", "HistoryRange.stream",
    "DelegateAuthority.principal_agency_id", "AuthorityDelegated.principal_agency_id",
    "ModelSteward.unit_id", "GrantRole.valid_to", "RoleGranted.valid_to", "CreateLedgerRequest.roles",
}
DEPTH_MAX = 8  # a fact may hold a fact


def ulid():
    return "01" + "".join(secrets.choice(CROCKFORD) for _ in range(24))


def new_uuid():
    return str(uuid.uuid4())


class Samples:
    """Makes requests for one ledger."""

    def __init__(self, contract, ledger, known=None):
        """`known`: ids of things that are there, by field; commands that make such a thing get new ones."""
        self.contract = contract
        self.ledger = ledger
        self.known = known or {}

    def of(self, message, kinds=()):
        """A filled message; `kinds` names the member of each oneof on the way down."""
        return self._fill(message(), list(kinds), 0)

    def submission(self, kind, replacement=None):
        kinds = [kind] + ([replacement] if replacement else [])
        submission = self.of(self.contract.message("Submission"), kinds)
        if replacement:
            submission.command.correct_fact.stream = stream_of(replacement)
        # Where a definition is revised, the model stays where it is.
        if kind == "revise_definition":
            submission.command.revise_definition.definition.ClearField("unit_id")
        if replacement == "model_definition_revised":
            submission.command.correct_fact.replacement.model_definition_revised.definition.ClearField("unit_id")
        return submission

    def _fill(self, message, kinds, depth):
        for oneof in message.DESCRIPTOR.oneofs:
            if oneof.name == "kind":
                chosen = kinds.pop(0) if kinds else oneof.fields[0].name
                self._set(message, message.DESCRIPTOR.fields_by_name[chosen], kinds, depth)
        for field in message.DESCRIPTOR.fields:
            if field.containing_oneof is not None and field.containing_oneof.name == "kind":
                continue
            if f"{message.DESCRIPTOR.name}.{field.name}" not in LEFT_OUT:
                self._set(message, field, kinds, depth)
        return message

    def _set(self, message, field, kinds, depth):
        repeated = field.label == field.LABEL_REPEATED
        target = getattr(message, field.name)
        if field.type == field.TYPE_MESSAGE:
            if depth < DEPTH_MAX:
                inner = target.add() if repeated else target
                inner.SetInParent()
                self._fill_message(inner, field, kinds, depth + 1)
        elif repeated:
            target.append(self._value(field))
        else:
            setattr(message, field.name, self._value(field))

    def _fill_message(self, inner, field, kinds, depth):
        if field.message_type.name == "Timestamp":
            inner.seconds = 1_620_000_000
            return
        self._fill(inner, kinds, depth)

    def _value(self, field):
        place = f"{field.containing_type.name}.{field.name}"
        if place in BY_PLACE:
            return BY_PLACE[place]
        if field.name in BY_FIELD and not (field.name == "scale" and field.containing_type.name != "Quantity"):
            return BY_FIELD[field.name]
        if field.type == field.TYPE_STRING:
            return self._text(field)
        if field.type == field.TYPE_BYTES:
            return secrets.token_bytes(32)
        if field.type == field.TYPE_ENUM:
            return field.enum_type.values[1].number
        return field.type == field.TYPE_BOOL or 1

    def _text(self, field):
        if field.name == "ledger":
            return self.ledger
        if field.name in UUIDS:
            return new_uuid()
        if field.name == "stream":
            return "model/" + ulid()
        if field.name in self.known and field.containing_type.name not in MAKES_ITS_ID.get(field.name, ()):
            return self.known[field.name]
        return ulid() if field.name.endswith("_id") else TEXT


def stream_of(fact):
    """A stream that such a fact may stand in: "model/01J…" for model_registered."""
    aggregate = fact.split("_")[0]
    aggregate = {"role": "actor", "grant": "actor", "credential": "actor", "authority": "actor", "delegation": "actor",
                 "counted": "figure", "fact": "model", "value": "model", "ledger": "model"}.get(aggregate, aggregate)
    return f"{aggregate}/{ulid()}"
