using Microsoft.AspNetCore.Http;
using Smcp.Mcp;

namespace Smcp.Admin;

/// <summary>What a request came to.</summary>
internal sealed record AdminAnswer
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Written as JSON; null for none.</summary>
    public object? Body { get; init; }

    /// <summary>What is said instead where the answer is said again: without what may be said once only.</summary>
    public object? Repeat { get; init; }

    /// <summary>The version of what was answered: its <c>ETag</c>.</summary>
    public long? Version { get; init; }

    /// <summary>Where the thing that was made is, below the API.</summary>
    public string? Location { get; init; }

    /// <summary>Why it was refused.</summary>
    public McpFault? Fault { get; init; }

    /// <summary>Writes an answer that is no single value; the head is sent before.</summary>
    public Func<HttpResponse, CancellationToken, Task>? Stream { get; init; }

    public string MediaType { get; init; } = "application/json";

    public static AdminAnswer Ok(object body, long? version = null) => new() { Body = body, Version = version };

    public static AdminAnswer Created(object body, string location) =>
        new() { Status = StatusCodes.Status201Created, Body = body, Location = location };

    public static AdminAnswer Done => new() { Status = StatusCodes.Status204NoContent };

    public static AdminAnswer NotFound { get; } =
        Refused(new McpFault(FaultReason.NotFound, "There is no such thing."));

    public static AdminAnswer Invalid(string message) => Refused(new McpFault(FaultReason.InvalidParams, message));

    public static AdminAnswer Refused(McpFault fault) => new() { Fault = fault };
}
