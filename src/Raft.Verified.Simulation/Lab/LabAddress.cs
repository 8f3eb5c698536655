namespace Raft.Verified.Simulation.Lab;

/// <summary>A server's name, and the server that is there now.</summary>
internal sealed class LabAddress(string name)
{
    public string Name { get; } = name;

    public LabServer? Server { get; set; }
}
