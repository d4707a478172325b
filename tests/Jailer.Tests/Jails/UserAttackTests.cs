namespace Smcp.Jailer.Jails;

/// <summary>Jails made without root.</summary>
public sealed class UserAttackTests() : AttackTests(asNobody: true);
