using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Smcp.OAuth;

/// <summary>An answer of the token endpoint.</summary>
internal sealed record TokenAnswer(HttpStatusCode Status, JsonObject Body, HttpResponseMessage Response)
{
    public string? Error => (string?)Body["error"];

    public string AccessToken => (string)Body["access_token"]!;

    public string RefreshToken => (string)Body["refresh_token"]!;

    public string Scope => (string)Body["scope"]!;

    public static async Task<TokenAnswer> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!, response);

    /// <summary>Fails with the answer's words if it is not this error.</summary>
    public void IsRefused(string error, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal((status, error), (Status, Error));
        Assert.Equal("no-store", Response.Headers.CacheControl?.ToString());
    }

    public TokenAnswer IsGranted()
    {
        Assert.True(Status == HttpStatusCode.OK, Body.ToJsonString());
        return this;
    }
}
