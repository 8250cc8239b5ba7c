"""What became of the submissions of an agency, and of those sent on its behalf: projections/submissions/README.md."""


def book_keeping(stream):
    return stream.startswith("reserved/")


def represents(signer):
    """The agency for which it was sent; empty: for the sender's own."""
    return signer.get("onBehalfOfAgencyId") or \
        signer.get("actingFor", {}).get("principalAgency", {}).get("agencyId", "")


def list_submissions(moment, asked):
    own = moment.reader.agency_id
    entries = []
    for commit in reversed(moment.commits()):
        record = commit.record
        mine = record["agencyId"] == own
        # Ids are the sender's: by id only an agency's own are found.
        if asked.get("id"):
            wanted = mine and record["submissionId"] == asked["id"]
        elif asked.get("correlation"):
            wanted = mine and record.get("correlationId") == asked["correlation"]
        else:
            wanted = mine or represents(commit.signer) == own
        if wanted and ("refusal" in record or not asked.get("refused")):
            entries.append(entry_of(commit))
    return {"submissions": entries, "agency": moment.reader.agency, "actorId": moment.reader.actor_id}


def entry_of(commit):
    record, signer = commit.record, commit.signer
    events = [event for event, _, _ in commit.told if not book_keeping(event["stream"])]
    last = {}
    for event in events:
        last[event["stream"]] = event.get("revision", "0")
    return {
        "submissionId": record["submissionId"], "position": str(commit.position), "recordedAt": commit.recorded_at,
        "commandType": record["commandType"], "actorId": signer["actorId"], "role": signer["role"],
        "streams": [f"{stream}@{revision}" for stream, revision in sorted(last.items())],
        "refused": record.get("refusal", {}).get("rules", []),
        "actingFor": signer.get("actingFor", {}), "agency": signer["agency"],
        "correlationId": record.get("correlationId", ""), "causationId": record.get("causationId", ""),
        "events": [{key: event.get(key, "0") for key in ("eventId", "stream", "revision", "type")}
                   for event in events]}
