namespace Smcp.Engine;

internal sealed class RelayGrain(IActivationContext context) : IRelayGrain
{
    public async ValueTask<int> RelayAsync(int hops, CancellationToken cancellationToken) =>
        hops == 1
            ? 1
            : 1 + await context.Grains.Locate<IRelayGrain>($"relay{hops}").RelayAsync(hops - 1, cancellationToken);
}
