"""Raw calls: bytes in, bytes or a typed error out. Any number of threads."""

import collections

import grpc

CALL_SECONDS = 20
OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1),
           ("grpc.use_local_subchannel_pool", 1),
           # A server that was away is found again at once.
           ("grpc.initial_reconnect_backoff_ms", 100), ("grpc.max_reconnect_backoff_ms", 200)]

Answer = collections.namedtuple("Answer", "code message reason fields refusal response")


def channel_to(address):
    return grpc.insecure_channel(address, options=OPTIONS)


def metadata_of(token, *more):
    bearer = (("authorization", "Bearer " + token),) if token is not None else ()
    return bearer + (("accept-language", "en"),) + more


class Reader:
    """Reads what an error says."""

    def __init__(self, contract):
        self.status = contract.message("google.rpc.Status")
        self.info = contract.message("google.rpc.ErrorInfo")
        self.bad = contract.message("google.rpc.BadRequest")
        self.detail = contract.message("ErrorDetail")

    def of_status(self, status):
        """An Answer from google.rpc.Status."""
        reason, fields, refusal = "", [], None
        for any_of in status.details:
            name = any_of.type_url.rsplit("/", 1)[-1]
            if name == "google.rpc.ErrorInfo":
                reason = self.info.FromString(any_of.value).reason
            elif name == "google.rpc.BadRequest":
                fields = [broken.field for broken in self.bad.FromString(any_of.value).field_violations]
            elif name == "nhanrong.v1.ErrorDetail":
                detail = self.detail.FromString(any_of.value)
                if detail.HasField("refusal_position"):
                    refusal = detail.refusal_position
        code = next(known.name for known in grpc.StatusCode if known.value[0] == status.code)
        return Answer(code, status.message, reason, fields, refusal, None)

    def of_error(self, error):
        """An Answer from what gRPC raised."""
        for key, value in error.trailing_metadata() or ():
            if key == "grpc-status-details-bin":
                return self.of_status(self.status.FromString(value))
        return Answer(error.code().name, error.details() or "", "", [], None, None)


class Caller:
    """Calls one server with bytes."""

    def __init__(self, contract, address):
        self.reader = Reader(contract)
        self.channel = channel_to(address)

    def unary(self, method, request, metadata, seconds=CALL_SECONDS):
        try:
            response = self.channel.unary_unary(method.path)(request, metadata=metadata, timeout=seconds)
            return Answer("OK", "", "", [], None, response)
        except grpc.RpcError as error:
            return self.reader.of_error(error)

    def server_stream(self, method, request, metadata, seconds, items_max):
        """Reads at most so many items, then cancels; the items are in `response`."""
        items = []
        call = self.channel.unary_stream(method.path)(request, metadata=metadata, timeout=seconds)
        try:
            for item in call:
                items.append(item)
                if len(items) >= items_max:
                    call.cancel()
                    break
            return Answer("OK", "", "", [], None, items)
        except grpc.RpcError as error:
            return self.reader.of_error(error)._replace(response=items)

    def both_streams(self, method, requests, metadata, seconds):
        """Sends all, half-closes, reads to the end."""
        items = []
        call = self.channel.stream_stream(method.path)(iter(requests), metadata=metadata, timeout=seconds)
        try:
            for item in call:
                items.append(item)
            return Answer("OK", "", "", [], None, items)
        except grpc.RpcError as error:
            return self.reader.of_error(error)._replace(response=items)

    def close(self):
        self.channel.close()
