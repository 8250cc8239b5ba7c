"""The program under attack: a broker of its own, processes of `nhanrong` on 127.0.0.1, and who may use them.

Whatever is started here ends with `close`, and with this process."""

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import contract as contracts

PATIENCE_SECONDS = 90   # longer than anything takes on a busy machine of two cores
PR_SET_PDEATHSIG = 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what, seconds=PATIENCE_SECONDS):
    """Waits for a condition; fails by name when it does not come."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise TimeoutError(f"not within {seconds} s: {what}")


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Broker:
    """One real Kafka broker, by deploy/kafka/broker."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "broker")
        self.port = free_port()
        self.restarts = 0
        self.start()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def _run(self, command, *arguments):
        subprocess.run([contracts.here("deploy", "kafka", "broker"), command, "--dir", self.folder, *arguments],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self._run("start", "--port", str(self.port), "--until-exit", str(os.getpid()))

    def restart(self, kill):
        self._run("kill" if kill else "stop")
        self.start()
        self.restarts += 1

    def stop(self):
        self._run("kill")


class Server:
    """One process of the program; the same ports and data at every start."""

    def __init__(self, place, role, name, environment=None):
        self.place, self.role, self.name = place, role, name
        self.data = os.path.join(place.folder, name)
        self.port, self.http = free_port(), free_port()
        self.environment = environment or {}
        self.process = None
        self.starts = 0
        self.unexpected_ends = 0

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self, wait=True):
        command = [self.place.program, self.role, "--data-dir", self.data, "--listen", self.address,
                   "--http", f"127.0.0.1:{self.http}", "--kafka", self.place.broker.address, "--single-broker",
                   "--topic-prefix", self.place.prefix]
        with open(self.data + ".log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=die_with_parent,
                                            env={**os.environ, **self.environment})
        self.starts += 1
        if wait:
            until(self.is_ready, f"{self.name} is ready: {self.readyz()}")

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """As an operator does it; the exit code, or that it never ended."""
        if not self.alive():
            return self.process.returncode
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return "never"

    def http_get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (OSError, ValueError) as error:
            return 0, str(error)

    def readyz(self):
        return self.http_get("/readyz")

    def is_ready(self):
        if not self.alive():
            raise RuntimeError(f"{self.name} has ended with {self.process.poll()}; see {self.data}.log")
        return self.readyz()[0] == 200

    def metric(self, name, ledger):
        for line in self.http_get("/metrics")[1].splitlines():
            if line.startswith(f'nhanrong_{name}{{ledger="{ledger}"}} '):
                return int(float(line.split()[-1]))
        return 0

    def resident_kilobytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])
        return 0


class Installation:
    """Broker, servers, ledgers and people."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.prefix = f"h{os.getpid()}."
        self.servers = []
        self.broker = Broker(folder)

    def add(self, role, name, environment=None):
        server = Server(self, role, name, environment)
        self.servers.append(server)
        return server

    def token_file(self, who):
        return os.path.join(self.folder, who + ".token")

    def token(self, who):
        with open(self.token_file(who), encoding="ascii") as file:
            return file.read().strip()

    def topic(self, ledger):
        return self.prefix + ledger

    def cli(self, server, who, *arguments):
        command = [self.program, "--address", server.address, "--output", "json", "--lang", "en"]
        if who:
            command += ["--token-file", self.token_file(who)]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"nhanrong {' '.join(arguments)}: {done.returncode} {done.stdout}{done.stderr}")
        return done.stdout

    def create_ledger(self, server, ledger, who, roles):
        flags = [flag for role in roles for flag in ("--role", role)]
        self.cli(server, "", "admin", "ledger", "create", ledger, "--operator-token-file",
                 os.path.join(server.data, "operator.token"), "--agency", "Văn phòng thử", "--title", "Quản trị", *flags,
                 "--token-out", self.token_file(who))

    def add_agency(self, server, ledger, administrator, agency_id, unit_id):
        self.cli(server, administrator, "admin", "agency", "add", "--ledger", ledger, "--name", "Sở thử",
                 "--unit", unit_id, "--id", agency_id)

    def add_actor(self, server, ledger, administrator, agency_id, who, role):
        self.cli(server, administrator, "admin", "actor", "add", "--ledger", ledger, "--agency", agency_id,
                 "--title", who, "--grant", role, "--token-out", self.token_file(who))

    def close(self):
        for server in self.servers:
            if server.alive():
                server.kill()
        self.broker.stop()
