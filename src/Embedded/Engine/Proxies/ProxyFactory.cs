namespace Smcp.Engine.Proxies;

/// <summary>Makes the references of one grain interface.</summary>
internal sealed class ProxyFactory<TGrain> : IProxyFactory
    where TGrain : class
{
    // Of the interface alone, so one for the process.
    private static readonly Func<GrainDirectory, string, bool, object> CreateProxy = ProxyEmitter.Emit(typeof(TGrain));

    public object Create(GrainDirectory directory, string key, bool isInner) => CreateProxy(directory, key, isInner);
}
