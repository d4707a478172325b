namespace Smcp.Testing;

/// <summary>One node of a fault run, which can be lost and started again at the same place.</summary>
internal sealed class FaultNode(string name, int place, Func<Task<NodeProgram>> start) : IAsyncDisposable
{
    private NodeProgram? _program;

    public string Name => name;

    /// <summary>The machine that it is on: which of the network's namespaces.</summary>
    public int Place => place;

    public NodeProgram Program => _program ?? throw new InvalidOperationException($"{name} is not started.");

    /// <summary>Starts it, unless it runs.</summary>
    public async Task StartAsync()
    {
        if (_program is { HasExited: false })
        {
            return;
        }

        await DisposeAsync();
        _program = await start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is { } program)
        {
            _program = null;
            var run = await program.EndAsync();
            await program.DisposeAsync();
            if (Environment.GetEnvironmentVariable("SMCP_FAULT_LOGS") is { Length: > 0 } folder)
            {
                await File.AppendAllTextAsync(Path.Combine(folder, $"{name.Replace(' ', '-')}.log"), run.Said);
            }
        }
    }
}
