namespace Smcp.Engine.Proxies;

/// <summary>Makes the references of one grain interface.</summary>
internal interface IProxyFactory
{
    object Create(GrainDirectory directory, string key, bool isInner);
}
