namespace Raft.Verified.ModelChecking;

/// <summary>One input to one server.</summary>
/// <param name="Server">The number of the server, from 0.</param>
/// <param name="Action">The action.</param>
/// <param name="Argument">
/// The argument of the action, see <see cref="ModelAction"/>; 0 for an action without one.
/// </param>
internal readonly record struct ModelInput(int Server, ModelAction Action, int Argument)
{
    /// <summary>The action and its argument as one number.</summary>
    public uint Key => ((uint)Action << 28) | (uint)Argument;

    /// <summary>
    /// Returns the input as one number: three bits for the server, four for the action, and 25 for the argument.
    /// </summary>
    public uint Pack() => ((uint)Server << 29) | ((uint)Action << 25) | (uint)Argument;

    public static ModelInput Unpack(uint packed) => new((int)(packed >> 29), (ModelAction)((packed >> 25) & 15), (int)(packed & 0x1FFFFFF));
}
