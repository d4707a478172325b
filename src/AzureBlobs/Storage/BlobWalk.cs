namespace Smcp.Storage;

/// <summary>
/// A walk over names in order, page by page. The service cannot begin a list behind a name, so the walk that stopped
/// there is kept; without it, names up to there are passed over.
/// </summary>
internal sealed class BlobWalk(BlobStore store, string prefix, string? delimiter)
{
    private readonly Queue<string> _names = new();
    private string? _marker;
    private bool _isDone;

    /// <summary>The name given last; none at the beginning.</summary>
    public string Last { get; private set; } = string.Empty;

    /// <summary>The next name behind one; null at the end.</summary>
    public async ValueTask<string?> NextAsync(string after, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_names.TryDequeue(out var name))
            {
                if (string.CompareOrdinal(name, after) > 0)
                {
                    return Last = name;
                }
            }

            if (_isDone)
            {
                return null;
            }

            var page = await store.ListAsync(prefix, delimiter, _marker, cancellationToken);
            foreach (var name in page.Names)
            {
                _names.Enqueue(name);
            }

            (_marker, _isDone) = (page.Next, page.Next is null);
        }
    }
}
