namespace Raft.Verified.Scenarios.Lab;

/// <summary>The cost of a run of a lab test, as the course published it.</summary>
/// <param name="Year">
/// The year of the handout: 2024 (with the same figures as 2023), or a later year when 2024 has none.
/// </param>
/// <param name="Seconds">The duration, in seconds.</param>
/// <param name="Requests">The number of RPCs.</param>
/// <param name="Bytes">The size of the RPCs in bytes; null when it was not published.</param>
/// <param name="Operations">The number of agreed commands; null when it was not published.</param>
public sealed record PublishedFigures(int Year, double Seconds, long Requests, long? Bytes = null, long? Operations = null);
