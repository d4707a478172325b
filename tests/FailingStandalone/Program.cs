using Smcp.FailingStandalone;
using Smcp.Storage;

// Smcp with one promise broken on purpose, for the crash test to notice.
return await Smcp.Program.RunAsync(args, services => services.AddSingleton<IWriterFailpoint, EarlyAcknowledgement>());
