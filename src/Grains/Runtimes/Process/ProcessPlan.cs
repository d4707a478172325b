using Smcp.Servers;

namespace Smcp.Runtimes.Process;

/// <summary>
/// What there is to start of a server, its files opened. Disposed when nothing of it is started any more.
/// </summary>
internal sealed record ProcessPlan(RuntimeStart Start, ServerSettings Settings, IImageFolder? Image) : IDisposable
{
    public ProcessSettings Process => Settings.Process!;

    public string Name => $"{Start.Instance.Tenant}/{Start.Instance.Server}";

    public void Dispose() => Image?.Dispose();
}
