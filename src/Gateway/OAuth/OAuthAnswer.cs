using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth;

/// <summary>Writes the answers of endpoints that speak JSON.</summary>
internal static class OAuthAnswer
{
    /// <summary>An answer that holds a secret, or depends on one: nobody keeps it (RFC 6749 section 5.1).</summary>
    public static Task PrivateAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        return WriteAsync(context, status, body);
    }

    /// <summary>An answer that is the same for everybody, and may be held.</summary>
    public static Task PublicAsync(HttpContext context, JsonObject body, TimeSpan maxAge)
    {
        context.Response.Headers.CacheControl =
            string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)maxAge.TotalSeconds}");
        return WriteAsync(context, StatusCodes.Status200OK, body);
    }

    public static Task ErrorAsync(HttpContext context, OAuthError error)
    {
        var headers = context.Response.Headers;
        if (error.Challenge is { } challenge)
        {
            headers.WWWAuthenticate = challenge;
        }

        if (error.Allow is { } allow)
        {
            headers.Allow = allow;
        }

        if (error.RetryAfter is { } wait)
        {
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return PrivateAsync(context, error.Status, new JsonObject
        {
            ["error"] = error.Code,
            ["error_description"] = error.Description,
        });
    }

    /// <summary>Whether the method is this one; else it was refused.</summary>
    public static async ValueTask<bool> IsMethodAsync(HttpContext context, string method)
    {
        var isMethod = HttpMethods.Equals(context.Request.Method, method);
        if (!isMethod)
        {
            await ErrorAsync(context, new OAuthError(
                StatusCodes.Status405MethodNotAllowed, OAuthErrorCodes.InvalidRequest, $"Only {method}.")
            {
                Allow = method,
            });
        }

        return isMethod;
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
