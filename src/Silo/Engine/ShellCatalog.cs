using System.Collections.Frozen;

namespace Smcp.Engine;

/// <summary>Which Orleans interface stands for which of our grain interfaces.</summary>
internal sealed class ShellCatalog(IEnumerable<ShellRegistration> registrations)
{
    private readonly FrozenDictionary<Type, Type> _shells =
        registrations.ToFrozenDictionary(registration => registration.Grain, registration => registration.Shell);

    public Type ShellOf(Type grain) =>
        _shells.TryGetValue(grain, out var shell)
            ? shell
            : throw new InvalidOperationException($"{grain} has no shell. Register one with AddShell.");
}
