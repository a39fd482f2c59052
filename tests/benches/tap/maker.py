# A check-in kiosk as a maker would build it in an afternoon: nfcpy's own loop, requests, and no more care than that.
# Told what the floor is told (see floor.rs), with nfcpy's name of the reader; prints `ack` and `verdict`.
# With scenes it also shows them: its page follows them as server-sent events.
import datetime, http.server, json, queue, sys, threading, time, uuid

import nfc, requests

task = json.loads(sys.argv[1])
session = requests.Session()
form = {"grant_type": "password", "username": task["username"], "password": task["password"]}
token = session.post(task["base_url"] + "/token", data=form).json()["access_token"]
session.headers["Authorization"] = "Bearer " + token


watching = queue.Queue()


def say(**line):
    print(json.dumps(line), flush=True)


class Scenes(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        say(event="watched")
        while True:
            self.wfile.write(b"data: " + json.dumps(watching.get()).encode() + b"\n\n")

    def log_message(self, *_):
        pass


def show(event, entry):
    if task["scenes"] is not None:
        scene = task["scenes"][event]
        watching.put({**scene, "stage": {**scene["stage"], "entry": entry}})


if task["scenes"] is not None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Scenes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(event="serves", address="http://127.0.0.1:%d/" % server.server_port)


def check_in(uid, entry):
    member = str(task["members"][uid])
    begun = time.monotonic()
    session.get(task["base_url"] + task["list"].replace("COWORKER", member)).json()
    time.sleep(max(0, task["spacing"] / 1000 - (time.monotonic() - begun)))
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = dict(task["body"], CoworkerId=int(member), FromTime=now)
    said = session.post(task["base_url"] + task["create"], json=body).json()
    assert said["WasSuccessful"], said
    show("verdict", entry)
    say(event="verdict")


def connected(tag):
    entry = str(uuid.uuid4())
    show("ack", entry)
    say(event="ack")
    check_in(tag.identifier.hex().upper(), entry)
    return True


reader = nfc.ContactlessFrontend(task["connection"])
say(event="reader", state="up")
while True:
    reader.connect(rdwr={"on-connect": connected})
