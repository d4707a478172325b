using System.Text.RegularExpressions;
using Smcp.Mcp;
using Smcp.Runtimes.Jails;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>Why a package was not brought, in words for who asked for it.</summary>
internal static partial class NpmFailure
{
    /// <param name="exit">How the jail ended.</param>
    /// <param name="text">The last that it said.</param>
    /// <param name="wentAstray">Whether something else than the registry was asked for.</param>
    /// <param name="package">The package.</param>
    /// <param name="options">What it was bounded by.</param>
    public static McpFault Of(JailExit exit, string text, bool wentAstray, NpmPackage package, NpmOptions options) =>
        exit switch
        {
            { Reason: JailExitReason.OutOfTime } => TooLong(package, options),
            { Reason: JailExitReason.OutOfMemory } => Large(package),
            { Reason: JailExitReason.JailerLost } => new McpFault(
                FaultReason.Unavailable, "The package was not brought, as the jailer ended: send it again."),
            { Code: NpmJail.NoNpm } => Missing("npm"),
            _ when text.Contains("execvp node", StringComparison.Ordinal) => Missing("Node.js"),
            _ => OfCode(CodeForm().Match(text) is { Success: true } match ? match.Groups[1].Value : string.Empty,
                wentAstray, package),
        };

    public static McpFault TooLong(NpmPackage package, NpmOptions options) => new(
        FaultReason.LimitExceeded,
        $"Bringing the package {package.Name} took longer than {options.Deadline.TotalSeconds:0} s.");

    private static McpFault OfCode(string code, bool wentAstray, NpmPackage package) => code switch
    {
        "E404" => Invalid($"The npm registry has no package {package.Name}, or not all that it needs."),
        "ETARGET" or "ENOVERSIONS" =>
            Invalid($"No version of the package {package.Name}, or of one that it needs, fits {package.Range}."),
        "EBADPLATFORM" => Invalid($"The package {package.Name} is not for this system."),
        "ERESOLVE" => Invalid($"What the package {package.Name} needs contradicts itself."),
        "ENOSPC" or "EFBIG" => Large(package),
        _ when wentAstray => Invalid(
            $"The package {package.Name} needs something that is not of the npm registry, which is not brought."),
        "ENOTFOUND" or "EAI_AGAIN" or "ECONNREFUSED" or "ECONNRESET" or "ETIMEDOUT" or "EIDLETIMEOUT"
            or "EHOSTUNREACH" or "ERR_SOCKET_TIMEOUT" or "E500" or "E502" or "E503" or "E504" => Unreached(code),
        _ when code.Contains("CERT", StringComparison.Ordinal)
            || code.Contains("SIGNATURE", StringComparison.Ordinal) => Untrusted(code),
        _ => Invalid($"The package {package.Name} cannot be brought{(code.Length > 0 ? $" (npm: {code})" : "")}."),
    };

    private static McpFault Unreached(string code) => new(
        FaultReason.Unavailable, $"The npm registry cannot be reached from here (npm: {code}).");

    private static McpFault Untrusted(string code) => new(
        FaultReason.Unavailable,
        $"The npm registry is not trusted from here (npm: {code}): an authority of its own needs "
            + "Smcp:Npm:AuthoritiesFile.");

    private static McpFault Missing(string program) => new(
        FaultReason.Unavailable,
        $"{program} is not installed where jails find it: below /usr (apt-get install npm), or in Smcp:Jails:Folders.");

    private static McpFault Large(NpmPackage package) => new(
        FaultReason.LimitExceeded, $"The package {package.Name} takes more room than a package may.");

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);

    [GeneratedRegex(@"npm (?:error|ERR!) code ([A-Z0-9_]{1,64})")]
    private static partial Regex CodeForm();
}
