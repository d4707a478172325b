using Smcp.Network.Binding;

namespace Smcp;

/// <summary>
/// Where this process may listen, as <see cref="OpenBinding"/> says it of the configuration, and whether the servers
/// that came with it are there for everybody: where only this machine's users reach the socket.
/// </summary>
internal static class LoopbackRule
{
    /// <summary>One sentence when an address is open to other machines and may not be.</summary>
    public static string? Problem(IConfiguration configuration) => BindingOf(configuration).Problem();

    /// <summary>Whether everybody who reaches the socket may be let in.</summary>
    public static bool MayServeAnybody(IConfiguration configuration) =>
        (BindingOf(configuration) with { HasIdentity = false }).Problem() is null;

    private static OpenBinding BindingOf(IConfiguration configuration) => OpenBinding.Of(configuration) with
    {
        UnsafeOpen = configuration.GetValue<bool>(StandaloneOptions.Key(nameof(StandaloneOptions.UnsafeOpen))),
    };
}
