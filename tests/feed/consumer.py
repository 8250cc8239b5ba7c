"""A consumer of <ledger>.events that has nothing but the address of a broker.

It shares no code with the program: another language, another Kafka client, and the messages decoded by the descriptors
that it finds in <ledger>.schemas. It reads to the end of the topic, fails where the promises of the feed are broken,
folds what happened, and prints what it counts, one line each, in order:

    python3 consumer.py BROKER TOPIC_PREFIX LEDGER

    models by status MODEL_STATUS_ACTIVE 3
"""

import calendar
import collections
import datetime
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from kafka import KafkaConsumer, TopicPartition

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
SECONDS_WITHOUT_ANSWER = 60


def read_to_end(broker, topic):
    """Every message of a topic of one partition, up to where it ends now."""
    consumer = KafkaConsumer(bootstrap_servers=broker, enable_auto_commit=False, check_crcs=True,
                             consumer_timeout_ms=SECONDS_WITHOUT_ANSWER * 1000)
    partition = TopicPartition(topic, 0)
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    end = consumer.end_offsets([partition])[partition]
    messages = []
    while consumer.position(partition) < end:
        messages.append(next(consumer))
    consumer.close()
    return messages


class Schemas:
    """Message classes by the data schema of a message, made from published descriptors."""

    def __init__(self, messages):
        self.pools = {}
        for message in messages:
            pool = descriptor_pool.DescriptorPool()
            for file in descriptor_pb2.FileDescriptorSet.FromString(message.value).file:
                pool.Add(file)
            self.pools[message.key.decode()] = pool

    def parse(self, schema, name, data):
        found = self.pools[schema].FindMessageTypeByName(name)
        return message_factory.MessageFactory().GetPrototype(found).FromString(data)

    def enumerator(self, schema, enum, number):
        return self.pools[schema].FindEnumTypeByName(enum).values_by_number[number].name


def keep_new(messages):
    """Drops doubles as the feed tells consumers to; fails on a gap, on disorder and on unequal doubles."""
    seen = {}
    kept = []
    for message in messages:
        headers = {name: value.decode() for name, value in message.headers}
        place = (int(headers["ce_position"]), int(headers["ce_index"]))
        if place in seen:
            if seen[place] != (message.key, headers, message.value):
                sys.exit(f"{headers['ce_id']} came twice and differs")
            continue
        if kept and place < kept[-1][0]:
            sys.exit(f"{headers['ce_id']} comes for the first time behind {kept[-1][1]['ce_id']}")
        if headers.get("ce_previous") != (kept[-1][1]["ce_id"] if kept else None):
            sys.exit(f"{headers['ce_id']} follows {headers.get('ce_previous')}: something is missing")
        seen[place] = (message.key, headers, message.value)
        kept.append((place, headers, message))
    return kept


def day_of(text):
    return datetime.date.fromisoformat(text)


def last_of_month(year, month):
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def stated_days(date):
    """First and last day of a business date by the forms that values.proto gives."""
    value = date.value
    if "/" in value:
        first, last = value.split("/")
        return datetime.date(int(first), 1, 1), datetime.date(int(last), 12, 31)
    if "Q" in value:
        year, quarter = int(value[:4]), int(value[-1])
        return datetime.date(year, 3 * quarter - 2, 1), last_of_month(year, 3 * quarter)
    if len(value) == 4:
        return datetime.date(int(value), 1, 1), datetime.date(int(value), 12, 31)
    if len(value) == 7:
        year, month = int(value[:4]), int(value[5:])
        return datetime.date(year, month, 1), last_of_month(year, month)
    return day_of(value), day_of(value)


def latest_day(date, sources, recorded):
    """The day by which a fact is known to hold: the end of its period, or the day of its source."""
    if not date.value:
        return recorded
    first, last = stated_days(date)
    issued = [day_of(source.issued_on) for source in sources]
    return min([last, recorded] + [day for day in issued if day >= first])


def year_of(date):
    return date.value if "/" in date.value else date.value[:4]


Fact = collections.namedtuple("Fact", "event_id revision date latest type payload")


class Ledger:
    """Facts in force by stream; corrections and annulments are applied."""

    def __init__(self, schemas):
        self.schemas = schemas
        self.streams = collections.defaultdict(list)

    def take(self, headers, value):
        schema = headers["ce_dataschema"]
        published = self.schemas.parse(schema, "nhanrong.v1.PublishedEvent", value)
        event = published.event
        if (event.stream, event.type) != (headers["ce_subject"], headers["ce_type"]):
            sys.exit(f"{headers['ce_id']}: headers and data differ")
        seconds = published.recorded_at.seconds
        recorded = datetime.datetime.fromtimestamp(seconds, VIETNAM).date()
        payload = self.schemas.parse(schema, event.type, event.payload)
        facts = self.streams[event.stream]
        if event.type == "nhanrong.v1.FactAnnulled":
            facts[:] = [fact for fact in facts if fact.event_id != payload.event_id]
        elif event.type == "nhanrong.v1.FactCorrected":
            facts[:] = [self.corrected(fact, payload, event, recorded) for fact in facts]
        else:
            facts.append(Fact(event.event_id, event.revision, event.occurred_on,
                              latest_day(event.occurred_on, event.sources, recorded), event.type, payload))

    @staticmethod
    def corrected(fact, correction, event, recorded):
        if fact.event_id != correction.event_id:
            return fact
        kind = correction.replacement.WhichOneof("kind")
        fact = fact._replace(payload=getattr(correction.replacement, kind))
        if not correction.HasField("occurred_on"):
            return fact
        date = correction.occurred_on
        return fact._replace(date=date, latest=latest_day(date, event.sources, recorded))

    def of(self, aggregate):
        """Id and facts in the order in which they hold, of every stream that has any."""
        for stream, facts in sorted(self.streams.items()):
            if facts and stream.startswith(aggregate + "/"):
                yield stream.split("/")[1], sorted(facts, key=lambda fact: (fact.latest, fact.revision))


MODEL_STATUS = {
    "ModelRegistered": "MODEL_STATUS_DRAFT", "ModelSubmitted": "MODEL_STATUS_SUBMITTED",
    "ModelReturned": "MODEL_STATUS_DRAFT", "ModelScreened": "MODEL_STATUS_SCREENED",
    "ModelPilotApproved": "MODEL_STATUS_PILOTING", "ModelClosed": "MODEL_STATUS_CLOSED",
}
SITE_STATUS = {"SiteStarted": "SITE_STATUS_OPERATING", "SiteStopped": "SITE_STATUS_STOPPED"}


def name_of(message, field, number):
    return message.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number[number].name


def status_of(facts, by_type):
    status = None
    for fact in facts:
        if "stated_status" in fact.payload.DESCRIPTOR.fields_by_name:
            status = name_of(fact.payload, "stated_status", fact.payload.stated_status)
        status = by_type.get(fact.type.split(".")[-1], status)
    return status


def describing(facts, field):
    return [fact for fact in facts if field in fact.payload.DESCRIPTOR.fields_by_name]


def count(ledger):
    counts = collections.Counter()
    for _, facts in ledger.of("model"):
        described = describing(facts, "definition")
        if not described:
            continue
        definition = described[-1].payload.definition
        counts["models"] += 1
        counts["models by status " + status_of(facts, MODEL_STATUS)] += 1
        counts["models by field " + name_of(definition, "field", definition.field)] += 1
        counts["models by year " + year_of(described[0].date)] += 1
    for _, facts in ledger.of("site"):
        if describing(facts, "description"):
            counts["sites"] += 1
            counts["sites by status " + status_of(facts, SITE_STATUS)] += 1
    for figure_id, facts in ledger.of("figure"):
        figure = facts[-1].payload.figure
        counts[f"figure {figure_id} {figure.quantity.value} {figure.quantity.unit}"] += 1
    return counts


def main(broker, prefix, name):
    ledger = Ledger(Schemas(read_to_end(broker, f"{prefix}{name}.schemas")))
    messages = read_to_end(broker, f"{prefix}{name}.events")
    kept = keep_new(messages)
    for _, headers, message in kept:
        ledger.take(headers, message.value)
    print("events", len(kept))
    print("doubles", len(messages) - len(kept))
    print("last", kept[-1][1]["ce_id"] if kept else "none")
    for what, number in sorted(count(ledger).items()):
        print(what, number)


if __name__ == "__main__":
    main(*sys.argv[1:])
