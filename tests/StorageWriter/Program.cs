using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using Smcp.Storage;

// A process for tests to kill, to trace and to measure:
//   write FOLDER WRITERS ROUNDS [FAILPOINT]    rounds 0: until it is killed
//   measure FOLDER
var options = new SqliteStorageOptions { DataFolder = args[1], CheckpointPages = 60 };
if (args[0] == "measure")
{
    options.CheckpointPages = new SqliteStorageOptions().CheckpointPages;
    await using var measured = new SqliteStore(options, NullLogger<SqliteStore>.Instance);
    await new Measurement(measured).RunAsync();
    return 0;
}

var failpoint = args.Length > 4 ? Failpoint.Parse(args[4]) : null;
await using var store = new SqliteStore(options, NullLogger<SqliteStore>.Instance, failpoint);

// The console would write to a copy of descriptor 1, which a trace could not tell from others.
await using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
await new WriterRun(store, output).RunAsync(int.Parse(args[2]), int.Parse(args[3]));
return 0;
