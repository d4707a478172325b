using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Silo;

/// <summary>
/// The cluster's project does not build where Orleans does not restore, so a change of the grains cannot break it
/// there: these read it as syntax instead.
/// </summary>
[Collection(ConventionCollection.Name)]
public sealed class ShellTests(SourceTree tree)
{
    private static readonly string[] Forwarded = ["GrainContext", "OnActivateAsync", "OnDeactivateAsync"];

    private ShellSources Silo { get; } = new(tree);

    [Fact]
    public void Grain_HasAnOrleansInterface() => Rule.Holds(
        "Each grain interface has in Silo one of the same grain type that inherits it and IGrainWithStringKey.",
        from grain in Silo.Grains
        let shell = Silo.InterfaceOf(grain)
        where shell is null
            || !ShellSources.BasesOf(shell).Contains("IGrainWithStringKey")
            || ShellSources.ArgumentOf(shell, "GrainInterfaceType") != Silo.TypeOf(grain)
        select Silo.At(grain, $"{grain.Identifier.Text} has no such interface"));

    [Fact]
    public void Grain_HasAShell() => Rule.Holds(
        "Each grain interface has in Silo a class of the same [GrainType] that implements its Orleans interface.",
        from grain in Silo.Grains
        let shell = Silo.ClassOf(grain)
        where shell is null || ShellSources.ArgumentOf(shell, "GrainType") != Silo.TypeOf(grain)
        select Silo.At(grain, $"{grain.Identifier.Text} has no shell"));

    [Fact]
    public void Grain_IsLocated() => Rule.Holds(
        "Each grain interface is registered with AddShell, or the locator does not find it.",
        from grain in Silo.Grains
        let registration = $"AddShell<{grain.Identifier.Text}, {Silo.InterfaceOf(grain)?.Identifier.Text}>"
        where !Silo.Text.Contains(registration, StringComparison.Ordinal)
        select Silo.At(grain, $"no {registration}"));

    [Fact]
    public void Shell_ForwardsItsLifeCycle() => Rule.Holds(
        "A shell implements IGrainBase explicitly: without it activation and deactivation are silently never called.",
        from grain in Silo.Grains
        let shell = Silo.ClassOf(grain)
        where shell is not null
        from member in Forwarded
        where !ShellSources.BasesOf(shell).Contains("IGrainBase")
            || !ShellSources.ExplicitMembersOf(shell, "IGrainBase").Contains(member)
        select Silo.At(grain, $"{shell.Identifier.Text} does not implement IGrainBase.{member}"));

    [Fact]
    public void Shell_MapsInterleaving() => Rule.Holds(
        "The shell of a grain with [Interleaves] methods has [MayInterleave], answered by Interleaving<IXGrain>.",
        from grain in Silo.Grains
        where grain.Members.OfType<MethodDeclarationSyntax>().Any(ShellSources.Interleaves)
        let shell = Silo.ClassOf(grain)
        where shell is not null
        where ShellSources.ArgumentOf(shell, "MayInterleave") is null
            || !shell.ToString().Contains($"Interleaving<{grain.Identifier.Text}>.Allows", StringComparison.Ordinal)
        select Silo.At(grain, $"{shell.Identifier.Text} does not map [Interleaves]"));

    [Fact]
    public void Shell_TakesWhatItsGrainTakes() => Rule.Holds(
        "A shell's constructor takes what the plain grain's takes, with ShellActivation for the context.",
        from grain in Silo.Grains
        let shell = Silo.ClassOf(grain)
        where shell is not null
        let plain = Silo.PlainClassOf(shell)
        where plain is null || !ShellSources.ParametersOf(shell).SequenceEqual(
            ShellSources.ParametersOf(plain).Select(type => type == "IActivationContext" ? "ShellActivation" : type))
        select Silo.At(grain, plain is null
            ? $"{shell.Identifier.Text} derives from no class of Grains"
            : $"{shell.Identifier.Text} does not take what {plain.Identifier.Text} takes"));

    [Fact]
    public void Shell_MayDerive() => Rule.Holds(
        "No part of a grain class that a shell derives from is sealed.",
        from grain in Silo.Grains
        let shell = Silo.ClassOf(grain)
        where shell is not null
        from part in Silo.PartsOfPlainClassOf(shell)
        where part.Modifiers.Any(modifier => modifier.Text == "sealed")
        select Silo.At(part, $"{part.Identifier.Text} is sealed, and {shell.Identifier.Text} derives from it"));

    [Fact]
    public void Shell_ForwardsReminders() => Rule.Holds(
        "The shell of a grain that is IRemindable receives Orleans' reminders.",
        from grain in Silo.Grains
        let shell = Silo.ClassOf(grain)
        let plain = shell is null ? null : Silo.PlainClassOf(shell)
        where plain is not null && ShellSources.BasesOf(plain).Contains("IRemindable")
        where !ShellSources.ExplicitMembersOf(shell!, "Orleans.IRemindable").Contains("ReceiveReminder")
        select Silo.At(grain, $"{shell!.Identifier.Text} does not implement Orleans.IRemindable"));
}
