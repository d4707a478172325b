namespace Smcp.Engine;

/// <summary>A grain interface of ours, and the Orleans interface that inherits it.</summary>
internal sealed record ShellRegistration(Type Grain, Type Shell)
{
    public static ShellRegistration Of<TGrain, TShell>()
        where TGrain : class
        where TShell : TGrain, IGrainWithStringKey =>
        new(typeof(TGrain), typeof(TShell));
}
