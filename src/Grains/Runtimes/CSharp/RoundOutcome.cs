using ModelContextProtocol.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>What a handler came to: its result, or its own request for input.</summary>
internal readonly record struct RoundOutcome<TResult>(TResult? Result, InputRequiredResult? InputRequired)
    where TResult : Result;
