namespace Smcp.Engine;

/// <summary>State that the activation loads before its grain hears of it.</summary>
internal interface IShellState
{
    Task LoadAsync(CancellationToken cancellationToken);
}
