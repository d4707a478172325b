namespace Smcp.Storage.Sqlite;

/// <summary>What a checkpoint found in the write-ahead log and how much of it stands in the database now.</summary>
internal readonly record struct SqliteCheckpoint(int PagesLogged, int PagesCopied)
{
    public bool IsComplete => PagesCopied == PagesLogged;
}
