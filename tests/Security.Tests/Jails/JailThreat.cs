namespace Smcp.Threats;

/// <summary>One threat by code that a tenant deployed, and the one control that stops it.</summary>
/// <param name="Name">What the page of security calls it.</param>
/// <param name="Control">The class, rule or setting that stops it; or the jail.</param>
/// <param name="Removal">How a test takes just that away.</param>
/// <param name="Attack">Attacks a product that runs; true when it got what it wanted.</param>
internal sealed record JailThreat(string Name, string Control, Removal Removal, Func<JailSite, Task<bool>> Attack);
