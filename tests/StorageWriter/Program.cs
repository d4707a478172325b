using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Storage;

// A process for tests to kill, to trace and to measure:
//   write FOLDER WRITERS ROUNDS [synchronous-off] [acknowledge-early]    rounds 0: until it is killed
//   measure FOLDER
var options = new SqliteStorageOptions { DataFolder = args[1], CheckpointPages = 60 };
if (args[0] == "measure")
{
    options.CheckpointPages = new SqliteStorageOptions().CheckpointPages;
    await using var measured = new SqliteStore(options, NullLogger<SqliteStore>.Instance);
    await new Measurement(measured).RunAsync();
    return 0;
}

options.Synchronous = args.Contains("synchronous-off") ? "OFF" : options.Synchronous;
var failpoint = args.Contains("acknowledge-early") ? new EarlyAcknowledgement(afterBatches: 20) : null;
await using var store = new SqliteStore(options, NullLogger<SqliteStore>.Instance, failpoint);
await new WriterRun(store, Console.OpenStandardOutput()).RunAsync(int.Parse(args[2]), int.Parse(args[3]));
return 0;
