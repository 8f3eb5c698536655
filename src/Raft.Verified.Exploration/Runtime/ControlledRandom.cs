namespace Raft.Verified.Exploration.Runtime;

/// <summary>Randomness whose every value is a decision of the schedule.</summary>
/// <param name="simulation">The engine that decides.</param>
/// <param name="what">The meaning of the values, for readable schedules.</param>
public sealed class ControlledRandom(ISimulation simulation, string what) : Random
{
    /// <inheritdoc />
    public override int Next() => simulation.Choose(int.MaxValue, what);

    /// <inheritdoc />
    public override int Next(int maxValue) => maxValue <= 1 ? 0 : simulation.Choose(maxValue, what);

    /// <inheritdoc />
    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    /// <inheritdoc />
    public override long NextInt64() => ((long)Next() << 32) | (uint)simulation.Choose(int.MaxValue, what);

    /// <inheritdoc />
    public override long NextInt64(long maxValue) => maxValue <= int.MaxValue ? Next((int)maxValue) : NextInt64() % maxValue;

    /// <inheritdoc />
    public override long NextInt64(long minValue, long maxValue) => minValue + NextInt64(maxValue - minValue);

    /// <inheritdoc />
    public override double NextDouble() => simulation.Choose(1 << 30, what) / (double)(1 << 30);

    /// <inheritdoc />
    public override float NextSingle() => (float)NextDouble();

    /// <inheritdoc />
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc />
    public override void NextBytes(Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)simulation.Choose(256, what);
        }
    }

    /// <inheritdoc />
    protected override double Sample() => NextDouble();
}
