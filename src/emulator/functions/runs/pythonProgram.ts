/**
 * The program of a child process that runs one Python action: text code defines its function at the top level, an archive in
 * `__main__.py`. It speaks as {@link nodeProgram} does, and `["memory"]` when the memory limit was reached.
 */
export const pythonProgram = String.raw`import importlib.util, io, json, linecache, os, sys, threading, time, traceback

MOST = 1048576
with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
os.remove(sys.argv[1])
lock = threading.Lock()
printed = 0


def say(*frame):
    data = (json.dumps(frame) + "\n").encode()
    with lock:
        while data:
            data = data[os.write(3, data):]


def finish(*frame):
    say(*frame)
    os._exit(0)


class Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, name):
        self.name = name

    def writable(self):
        return True

    def write(self, text):
        global printed
        if printed <= MOST:
            say(self.name, int(time.time() * 1000), text[: MOST + 1])
        printed += len(text)
        return len(text)


sys.stdout = Stream("stdout")
sys.stderr = Stream("stderr")


def watch():
    # Whoever started this has gone: nobody waits any more.
    try:
        os.read(0, 1)
    finally:
        os._exit(1)


threading.Thread(target=watch, daemon=True).start()
try:
    import resource

    size = (job["memory"] + 256) * 1048576
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
except (ImportError, ValueError, OSError):
    pass


def load():
    sys.path.insert(0, os.getcwd())
    if job["binary"]:
        if not os.path.exists("__main__.py"):
            raise Exception("Zip file does not include __main__.py at the root.")
        spec = importlib.util.spec_from_file_location("__main__", "__main__.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["__main__"] = module
        spec.loader.exec_module(module)
        return module.__dict__
    name = job["name"] + ".py"
    linecache.cache[name] = (len(job["code"]), None, job["code"].splitlines(True), name)
    names = {"__name__": "main__"}
    exec(compile(job["code"], name, "exec"), names)
    return names


def told(error, skipped):
    trace = error.__traceback__
    for _ in range(skipped):
        trace = trace.tb_next if trace else None
    traceback.print_exception(type(error), error, trace)


try:
    main = load().get(job["main"])
except MemoryError:
    finish("memory")
except BaseException as error:
    told(error, 2)
    finish("failed", "Initialization has failed due to: " + type(error).__name__ + ": " + str(error))
if not callable(main):
    finish("failed", "Initialization has failed due to: Action entrypoint '" + job["main"] + "' is not a function.")
try:
    result = main(job["parameters"])
except MemoryError:
    finish("memory")
except Exception as error:
    told(error, 1)
    result = {"error": str(error)}
except BaseException:
    os._exit(1)
if not isinstance(result, dict):
    finish("failed", "The action did not return a dictionary.")
try:
    text = json.dumps(result, allow_nan=False)
except MemoryError:
    finish("memory")
except Exception as error:
    finish("failed", "An error has occurred: " + str(error))
if len(text.encode()) > MOST:
    finish("large", len(text.encode()))
finish("result", text)
`;
