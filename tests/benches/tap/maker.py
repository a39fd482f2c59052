# A check-in kiosk as a maker would build it in an afternoon: nfcpy's own loop, requests, and no more care than that.
# Told what the floor is told (see floor.rs), with nfcpy's name of the reader; prints `ack` and `verdict`.
import datetime, json, sys, time

import nfc, requests

task = json.loads(sys.argv[1])
session = requests.Session()
form = {"grant_type": "password", "username": task["username"], "password": task["password"]}
token = session.post(task["base_url"] + "/token", data=form).json()["access_token"]
session.headers["Authorization"] = "Bearer " + token


def say(**line):
    print(json.dumps(line), flush=True)


def check_in(uid):
    member = str(task["members"][uid])
    begun = time.monotonic()
    session.get(task["base_url"] + task["list"].replace("COWORKER", member)).json()
    time.sleep(max(0, task["spacing"] / 1000 - (time.monotonic() - begun)))
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = dict(task["body"], CoworkerId=int(member), FromTime=now)
    said = session.post(task["base_url"] + task["create"], json=body).json()
    assert said["WasSuccessful"], said
    say(event="verdict")


def connected(tag):
    say(event="ack")
    check_in(tag.identifier.hex().upper())
    return True


reader = nfc.ContactlessFrontend(task["connection"])
say(event="reader", state="up")
while True:
    reader.connect(rdwr={"on-connect": connected})
