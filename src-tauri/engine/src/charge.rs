//! What a visit without a pass may be charged as, so that the idle screen can say so before anybody taps.

use std::sync::Arc;
use std::time::Duration;

use tapdesk_core::checkin::Trouble;

use crate::controller::Handle;
use crate::screen::{Charge, News};
use crate::spaces::desk::Spaces;
use crate::spaces::records::time_pass::TimePass;

/// Between two looks: prices change.
const ASK_ANEW: Duration = Duration::from_hours(24);
/// Between two attempts.
const AGAIN: Duration = Duration::from_mins(5);

/// Tells the screen, now and once a day, unless the account may not know.
pub(crate) async fn follow(spaces: Arc<Spaces>, handle: Handle) {
    loop {
        let pause = match spaces.pay_as_you_go().await {
            Ok(sold) => {
                handle.news(News::Charge(charge(&sold)));
                ASK_ANEW
            }
            Err(Trouble::NotPermitted(_)) => {
                tracing::info!("the account may not read the kinds of pass: no charge can be announced");
                return;
            }
            Err(_) => AGAIN,
        };
        tokio::time::sleep(pause).await;
    }
}

/// Name and price where there is one such pass; of several nobody can say which it will be.
fn charge(sold: &[TimePass]) -> Option<Charge> {
    match sold {
        [] => None,
        [one] => Some(Charge { name: one.name.clone(), price: one.price.clone(), currency: one.currency_code.clone() }),
        _ => Some(Charge { name: None, price: None, currency: None }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spaces::records::Record;

    #[test]
    fn only_a_sure_price_is_told() {
        let pass = |id: i64, price: serde_json::Value| {
            TimePass::read(&json!({ "Id": id, "Name": "Day pass", "Price": price, "CurrencyCode": "GBP" })).unwrap()
        };
        let (name, currency) = (Some("Day pass".to_owned()), Some("GBP".to_owned()));
        let told = charge(&[pass(1, json!(12.5))]);
        assert_eq!(
            told,
            Some(Charge { name: name.clone(), price: Some("12.5".to_owned()), currency: currency.clone() })
        );
        assert_eq!(charge(&[pass(1, json!("a lot"))]), Some(Charge { name, price: None, currency }));
        let several = charge(&[pass(1, json!(12.5)), pass(2, json!(20))]);
        assert_eq!(several, Some(Charge { name: None, price: None, currency: None }));
        assert_eq!(charge(&[]), None);
    }
}
