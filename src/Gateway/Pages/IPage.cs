namespace Smcp.Pages;

/// <summary>What people see at one path.</summary>
internal interface IPage
{
    string Path { get; }

    /// <summary>Shows it; changes nothing.</summary>
    ValueTask<PageAnswer> GetAsync(PageExchange exchange);

    /// <summary>Takes its form.</summary>
    ValueTask<PageAnswer> PostAsync(PageExchange exchange);
}
