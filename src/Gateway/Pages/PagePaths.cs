using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Smcp.Pages;

/// <summary>The paths that people see in a browser.</summary>
internal sealed class PagePaths(IEnumerable<IPage> pages)
{
    private readonly FrozenSet<string> _paths = pages.Select(page => page.Path).ToFrozenSet(StringComparer.Ordinal);

    public bool Contains(PathString path) => path.Value is { } text && _paths.Contains(text);
}
