using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Smcp.Auth;
using Smcp.Identity.Replays;

namespace Smcp.Admin;

/// <summary>Writes answers and problems. Nothing of the API is for a cache.</summary>
internal sealed class AdminWriter(CanonicalUrls urls)
{
    private const string ProblemType = "application/problem+json";

    public async Task WriteAsync(HttpContext http, AdminAnswer answer)
    {
        var response = Begin(http, answer.Status);
        response.Headers.ETag = TagOf(answer);
        if (answer.Location is { } location)
        {
            response.Headers.Location = urls.Base + AdminRoutes.Prefix + location;
        }

        if (answer.Stream is { } stream)
        {
            response.ContentType = answer.MediaType;
            await stream(response, http.RequestAborted);
        }
        else if (answer.Body is { } body)
        {
            response.ContentType = answer.MediaType;
            await WriteAsync(response, JsonSerializer.SerializeToUtf8Bytes(body, AdminJson.Options));
        }
    }

    public Task WriteAsync(HttpContext http, AdminProblem problem)
    {
        var response = Begin(http, problem.Status);
        var challenge = problem.Challenge
            ?? (problem.Scope is { } scope ? Challenge.Insufficient(urls.AdminMetadata, scope) : null);
        if (challenge is not null)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        if (problem.Allow is { } allow)
        {
            response.Headers.Allow = allow;
        }

        if (problem.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        problem.Limit?.Write(response.Headers, problem.RetryAfter);
        response.ContentType = ProblemType;
        var body = new AdminProblemBody(
            $"urn:smcp:problem:{problem.Kind}",
            ReasonPhrases.GetReasonPhrase(problem.Status),
            problem.Status,
            problem.Detail,
            http.TraceIdentifier,
            problem.Scope);
        return WriteAsync(response, JsonSerializer.SerializeToUtf8Bytes(body, AdminJson.Options));
    }

    /// <summary>An answer that was given before.</summary>
    public static Task WriteAsync(HttpContext http, ReplayAnswer answer)
    {
        var response = Begin(http, answer.Status);
        response.Headers["Idempotent-Replayed"] = "true";
        response.Headers.ETag = answer.ETag;
        response.Headers.Location = answer.Location;
        if (answer.Body is not { } body)
        {
            return Task.CompletedTask;
        }

        response.ContentType = answer.ContentType;
        return WriteAsync(response, System.Text.Encoding.UTF8.GetBytes(body));
    }

    /// <summary>The answer as it is kept, to be said again.</summary>
    public ReplayAnswer Keep(AdminAnswer answer, int bytesMax)
    {
        var body = answer.Repeat ?? answer.Body;
        var text = body is null ? null : JsonSerializer.Serialize(body, AdminJson.Options);
        return new ReplayAnswer
        {
            Status = answer.Status,
            Body = text?.Length > bytesMax ? null : text,
            ContentType = answer.MediaType,
            Location = answer.Location is { } location ? urls.Base + AdminRoutes.Prefix + location : null,
            ETag = TagOf(answer),
        };
    }

    private static string? TagOf(AdminAnswer answer) =>
        answer.Version is { } version ? $"\"{version.ToString(CultureInfo.InvariantCulture)}\"" : null;

    private static HttpResponse Begin(HttpContext http, int status)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return response;
    }

    /// <summary>A line, so that a terminal's prompt comes below it.</summary>
    private static Task WriteAsync(HttpResponse response, byte[] body)
    {
        byte[] line = [.. body, (byte)'\n'];
        response.ContentLength = line.Length;
        return response.Body.WriteAsync(line).AsTask();
    }
}
