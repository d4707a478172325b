namespace Smcp.Operators;

/// <summary>Pages that a host adds behind the gateway, for operators alone.</summary>
/// <param name="Path">The path that all of them are below, without a slash at its end.</param>
/// <param name="Closed">What below it is shown to nobody, each with a slash before it.</param>
public sealed record OperatorPages(string Path, params IReadOnlyList<string> Closed);
