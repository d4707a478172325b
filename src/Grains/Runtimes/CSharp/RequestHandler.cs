namespace Smcp.Runtimes.CSharp;

/// <summary>Serves one method: from the call's raw params to the raw result.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>> RequestHandler(CallServer call, CancellationToken cancellationToken);
