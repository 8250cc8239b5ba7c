"""What a client was told of a submission, kept to be compared with the ledger at the end."""

import collections

# outcome: "accepted" or "refused"; `at` are the nanoseconds at which the answer came.
Note = collections.namedtuple("Note", "ledger submission_id outcome position leaf_hash by")


def note_of(contract, ledger, submission_id, answer, by):
    """A Note of a final answer, or None: of what is not closed there is nothing to keep."""
    if answer.code == "OK":
        accepted = contract.message("SubmitResponse").FromString(answer.response).accepted
        return accepted_note(ledger, accepted, by)
    if answer.code == "FAILED_PRECONDITION" and answer.refusal is not None:
        return Note(ledger, submission_id.lower(), "refused", answer.refusal, None, by)
    return None


def accepted_note(ledger, accepted, by):
    return Note(ledger, accepted.submission_id.lower(), "accepted", accepted.position, bytes(accepted.leaf_hash), by)
