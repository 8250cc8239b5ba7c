"""The contract as a client in another language sees it: messages and methods, made from the .proto files alone."""

import os
import re
import subprocess
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = "nhanrong.v1"
SERVICES = ("submission_service", "query_service", "history_service", "admin_service")
SERVICE_FIELD = 6  # of FileDescriptorProto: where comments on a service are found
STATUSES = {
    "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
}


class Method:
    """One rpc, by the path that stands on the wire."""

    def __init__(self, service, method, contract):
        self.service = service.name
        self.name = method.name
        self.full_name = f"{service.name}/{method.name}"
        self.path = f"/{service.full_name}/{method.name}"
        self.request = contract.message(method.input_type.full_name)
        self.response = contract.message(method.output_type.full_name)
        self.client_streaming = contract.streams[self.full_name][0]
        self.server_streaming = contract.streams[self.full_name][1]


class Contract:
    """Messages by name, methods of every service."""

    def __init__(self, proto_root):
        files = self._compile(proto_root)
        self.pool = descriptor_pool.DescriptorPool()
        self.streams = {}
        self.documented = self._statuses(files)
        for file in files.file:
            self.pool.Add(file)
            for service in file.service:
                for method in service.method:
                    self.streams[f"{service.name}/{method.name}"] = (method.client_streaming,
                                                                     method.server_streaming)
        self.factory = message_factory.MessageFactory(self.pool)
        self.methods = [
            Method(service, method, self)
            for file in files.file
            for service in self.pool.FindFileByName(file.name).services_by_name.values()
            for method in service.methods
        ]

    @staticmethod
    def _compile(proto_root):
        # google.rpc comes with the contract: errors carry its messages.
        names = [f"nhanrong/v1/{service}.proto" for service in SERVICES]
        with tempfile.NamedTemporaryFile(suffix=".binpb") as out:
            subprocess.run(["protoc", f"-I{proto_root}", "--include_imports", "--include_source_info",
                            f"--descriptor_set_out={out.name}",
                            *names, "nhanrong/v1/record.proto", "google/rpc/error_details.proto"],
                           check=True, cwd=proto_root)
            return descriptor_pb2.FileDescriptorSet.FromString(out.read())

    @staticmethod
    def _statuses(files):
        """The statuses that the comments name, by service; "Errors as in x.proto" is followed."""
        told = {}
        for file in files.file:
            comments = {tuple(place.path): place.leading_comments + " ".join(place.leading_detached_comments)
                        for place in file.source_code_info.location}
            head = next((text for path, text in comments.items() if path == (12,)), "")  # syntax: the head of the file
            for i, service in enumerate(file.service):
                told[os.path.basename(file.name)] = (service.name, comments.get((SERVICE_FIELD, i), "") + head)
        found = {}
        for name, text in told.values():
            for other in re.findall(r"as in (\w+\.proto)", text):
                text += told[other][1]
            found[name] = {"OK"} | STATUSES.intersection(re.findall(r"[A-Z_]{5,}", text))
        return found

    def message(self, name):
        full = name if "." in name else f"{PACKAGE}.{name}"
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(full))

    def method(self, full_name):
        return next(method for method in self.methods if method.full_name == full_name)


def here(*parts):
    """A path below the root of the sources."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", *parts)
