namespace Raft.Verified.ModelChecking;

/// <summary>One input to one server.</summary>
/// <param name="Server">The server, from 0.</param>
/// <param name="Action">What happens.</param>
/// <param name="Argument">See <see cref="ModelAction"/>.</param>
internal readonly record struct ModelInput(int Server, ModelAction Action, int Argument)
{
    public long Pack() => ((long)Server << 40) | ((long)Action << 32) | (uint)Argument;

    public static ModelInput Unpack(long packed) => new((int)(packed >> 40), (ModelAction)((packed >> 32) & 0xFF), (int)packed);
}
