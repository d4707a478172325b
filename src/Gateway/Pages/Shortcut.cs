namespace Smcp.Pages;

/// <summary>An address that people try, and the page that they want.</summary>
internal sealed class Shortcut(string path, string target) : IPage
{
    public string Path => path;

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => new(PageAnswer.GoTo(target));

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => GetAsync(exchange);
}
