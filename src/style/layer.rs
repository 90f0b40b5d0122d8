//! Settings that stand over each other: a book's over its theme's over those of all themes.

/// Values that stand over others: what they do not say is left to those below.
pub(super) trait Layer {
    /// These values, and below them others.
    #[must_use]
    fn over(self, below: Self) -> Self;
}

impl<T> Layer for Option<T> {
    fn over(self, below: Self) -> Self {
        self.or(below)
    }
}

/// Defines settings of which each may be left out, as they stand in YAML.
macro_rules! settings {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$about_field:meta])* pub $field:ident: $type:ty,)*
        }
    )*) => {$(
        #[derive(
            Clone, Debug, Default, PartialEq, serde::Deserialize, schemars::JsonSchema,
        )]
        $(#[$about])*
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $($(#[$about_field])* pub $field: $type,)*
        }

        impl $crate::style::layer::Layer for $name {
            fn over(self, below: Self) -> Self {
                Self {
                    $($field: $crate::style::layer::Layer::over(
                        self.$field,
                        below.$field,
                    ),)*
                }
            }
        }
    )*};
}

pub(super) use settings;
