namespace Smcp.Hosting.State;

/// <summary>A state that is read from its store before the instance serves.</summary>
internal interface ILoadedState
{
    ValueTask LoadAsync(CancellationToken cancellationToken);
}
