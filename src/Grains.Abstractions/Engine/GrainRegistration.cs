namespace Smcp.Engine;

/// <summary>
/// Which class serves a grain interface, and how one is made: what an in-process engine is told of the grains. (In the
/// cluster the shells say it.)
/// </summary>
/// <param name="Interface">The grain interface; it has a <see cref="GrainAttribute"/>.</param>
/// <param name="Create">Makes the grain object of one activation.</param>
public sealed record GrainRegistration(Type Interface, Func<IServiceProvider, IActivationContext, object> Create);
