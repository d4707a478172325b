namespace Smcp.Threats;

/// <summary>One threat: an attack, and the one control that stops it.</summary>
/// <param name="Name">What the page of security calls it.</param>
/// <param name="Control">The class, rule or setting that stops it.</param>
/// <param name="Removal">How a test takes just that away.</param>
/// <param name="Attack">Attacks a product that it starts; true when it got what it wanted.</param>
internal sealed record Threat(string Name, string Control, Removal Removal, Func<Removal, Task<bool>> Attack);
